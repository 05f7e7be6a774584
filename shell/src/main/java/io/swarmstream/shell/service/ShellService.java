package io.swarmstream.shell.service;

import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.shell.instructions.Instructions;
import io.swarmstream.shell.session.Interpreter;
import io.swarmstream.shell.session.ShellParts;
import io.swarmstream.web.ApiServer;
import io.swarmstream.web.Place;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The shell as a service: HTTPS, for callers with certificates. */
public final class ShellService implements AutoCloseable {
  /** As HPE Swarm Learning's. */
  public static final int PORT = 30306;

  private final ApiServer server;

  private ShellService(ApiServer server) {
    this.server = server;
  }

  /**
   * Starts the service.
   *
   * @param tls identity of the member whose shell it is
   * @param members asks for the swarm's members
   * @param allowed names of members that may call, beside that one
   * @param usr folder that sessions do not leave
   */
  public static ShellService start(
      Place place,
      ReloadingTls tls,
      ShellParts parts,
      Supplier<List<MemberInfo>> members,
      Set<String> allowed,
      Path usr)
      throws IOException {
    Path real = PrivateFiles.folder(usr).toRealPath();
    ShellGate gate = new ShellGate(tls::identity, members, allowed, Clock.systemUTC());
    return new ShellService(
        ApiServer.start(
            place,
            tls.context(),
            gate,
            ShellApi.routes(
                new Interpreter(Instructions.grammar()),
                new RemoteSessions(parts, real),
                new Uploads(real))));
  }

  /** {@code https://host:port}. */
  public URI uri() {
    return server.uri();
  }

  @Override
  public void close() {
    server.close();
  }
}
