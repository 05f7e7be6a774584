package io.swarmstream.web;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may call a server of this machine's user: other users of the machine reach its port,
 * too, and so do the web pages that its user looks at.
 */
final class LocalEntrance {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final FrontDoor door;
  private final LocalServer server;

  LocalEntrance(LocalServer server) {
    this.server = server;
    this.door = server.door();
  }

  /**
   * Admits a caller.
   *
   * @throws ApiProblem naming the header at fault
   */
  Visitor admit(Context context, ApiRoute<Visitor> route) {
    String host = context.req().getServerName();
    if (!door.answersTo(host)) {
      throw ApiProblem.badValue("Host", "Host is " + host + "; use localhost or 127.0.0.1");
    }
    Optional<FrontDoor.Foreign> foreign =
        door.foreign(
            context.header("Origin"), context.header("Host"), context.header("Sec-Fetch-Site"));
    if (foreign.isPresent()) {
      throw ApiProblem.of(403, "cross-site", foreign.get().sentence("this server"));
    }
    int port = context.req().getLocalPort();
    @Nullable String cookie = context.cookie(door.cookieName(port));
    boolean hasToken = door.showsToken(context.header("Authorization"));
    boolean isOwner = hasToken || (cookie != null && door.isCookie(cookie));
    if (!route.entry().equals(Visitor.ANYBODY)) {
      if (!isOwner) {
        throw ApiProblem.of(
            401,
            "unauthorized",
            "this server requires its token, which is in " + server.tokenFile());
      }
      if (!hasToken && !READING.contains(context.req().getMethod()) && !isMarked(context)) {
        throw ApiProblem.of(
            403,
            "not-marked",
            "a browser's change needs the header "
                + Credentials.MARKER
                + ": 1, which the page"
                + " sends");
      }
    }
    return new Visitor(isOwner, port);
  }

  private static boolean isMarked(Context context) {
    return "1".equals(context.header(Credentials.MARKER));
  }
}
