package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.web.AccessToken;
import io.swarmstream.web.FrontDoor;
import io.swarmstream.web.HostNames;
import io.swarmstream.web.LoginPage;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Decides who may call the node: programs that show its token or come through its socket, and
 * browsers with a cookie, which may only use the node's page. Refuses requests that a foreign web
 * page has triggered, whatever they show.
 */
final class Door {
  /** The node's page sends it with each change; no form and no foreign page does. */
  private static final String MARKER = "X-Swarm-Console";

  private final FrontDoor front;
  private final AccessToken token;
  private final boolean isBeyond;

  /**
   * Makes the door of a server.
   *
   * @param isBeyond whether other machines reach the server, which always means TLS
   */
  Door(HostNames names, AccessToken token, boolean isBeyond) {
    this.front = new FrontDoor(names, token, "status page", "swarm-node-");
    this.token = token;
    this.isBeyond = isBeyond;
  }

  /**
   * Refuses a request that a foreign web page has triggered.
   *
   * @throws ProblemException naming the header that shows it
   */
  void checkOrigin(Request request) {
    String host = Request.getServerName(request);
    if (!front.answersTo(host)) {
      throw ProblemException.of(
              ProblemCode.BAD_VALUE,
              "Host is "
                  + host
                  + "; use localhost or the node's address, or start the node with --allow-host "
                  + host)
          .in("Host");
    }
    Optional<FrontDoor.Foreign> foreign =
        front.foreign(
            request.getHeaders().get(HttpHeader.ORIGIN),
            request.getHeaders().get(HttpHeader.HOST),
            request.getHeaders().get("Sec-Fetch-Site"));
    if (foreign.isPresent()) {
      throw ProblemException.of(ProblemCode.CROSS_SITE, foreign.get().sentence("this node"))
          .in(foreign.get().header());
    }
  }

  /** Whether the request shows the node's token, or has come where none is needed. */
  boolean hasToken(Request request) {
    return TrainerSocket.has(request)
        || front.showsToken(request.getHeaders().get(HttpHeader.AUTHORIZATION));
  }

  /** Whether the request has the cookie of this node. */
  boolean hasCookie(Request request) {
    String name = front.cookieName(Request.getLocalPort(request));
    return Request.getCookies(request).stream()
        .filter(sent -> sent.getName().equals(name))
        .map(HttpCookie::getValue)
        .anyMatch(front::isCookie);
  }

  /** Whether the node's own page has sent it, as its header shows. */
  boolean isMarked(Request request) {
    return "1".equals(request.getHeaders().get(MARKER));
  }

  /** The cookie for a browser that shows the token, or the link's code, which works once. */
  Optional<String> cookieFor(Request request, String shown) {
    return front.cookieFor(shown, Request.getLocalPort(request), request.isSecure());
  }

  /** The code of the link for a browser; empty once it has been used. */
  String newestCode() {
    return front.newestCode();
  }

  /** Asks a person for the token. */
  Answer login(int status, String why) {
    return Answer.html(status, LoginPage.of("Site node", why, tokenFile()))
        .withHeaders(LoginPage.POLICY);
  }

  ProblemException unauthorized() {
    return ProblemException.of(
            ProblemCode.UNAUTHORIZED,
            "this site node requires its token: send 'Authorization: Bearer' and the content of "
                + tokenFile()
                + ", or set SWARM_TOKEN_FILE to the name of that file for the trainer")
        .in("Authorization");
  }

  /** A change by cookie that the node's page has not sent. */
  static ProblemException unmarked() {
    return ProblemException.of(
            ProblemCode.CROSS_SITE,
            "a browser's change needs the header " + MARKER + ": 1, which the node's page sends")
        .in(MARKER);
  }

  /** Whether other machines reach the server: then strangers learn nothing about it. */
  boolean isBeyond() {
    return isBeyond;
  }

  /** Where the token is, for people. */
  private String tokenFile() {
    return isBeyond
        ? "the file '" + AccessToken.FILE + "' in the node's folder"
        : token.file().toString();
  }
}
