package io.swarmstream.tasks.page;

import io.swarmstream.web.AccessToken;
import io.swarmstream.web.ApiServer;
import io.swarmstream.web.LocalServer;
import io.swarmstream.web.Place;
import java.io.IOException;
import java.net.URI;

/** Serves an agent's page to the owner of its host, on this machine alone. */
public final class AgentPage implements AutoCloseable {
  private final ApiServer http;
  private final LocalServer server;

  private AgentPage(ApiServer http, LocalServer server) {
    this.http = http;
    this.server = server;
  }

  /**
   * Starts to serve it. Whoever shows the token in the agent's folder sees it; a browser also by
   * {@link #loginUri()}.
   *
   * @param port 0: any free one
   * @throws IllegalStateException when the port is taken
   */
  public static AgentPage start(ShownAgent agent, int port) throws IOException {
    AccessToken token = AccessToken.in(agent.home().pageFolder());
    LocalServer server = LocalServer.of("Task agent", token, "swarm-agent-");
    return new AgentPage(
        ApiServer.startLocal(
            new Place("127.0.0.1", port), server, new AgentRoutes(agent, server).all()),
        server);
  }

  /** {@code http://127.0.0.1:port}. */
  public URI uri() {
    return http.uri();
  }

  /** The link for a browser; works once. */
  public URI loginUri() {
    return http.uri().resolve(server.loginPath());
  }

  @Override
  public void close() {
    http.close();
  }
}
