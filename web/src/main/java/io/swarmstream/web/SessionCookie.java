package io.swarmstream.web;

/**
 * The cookie by which a server knows a browser that has logged in.
 *
 * @param isSecure whether browsers send it over TLS only
 */
public record SessionCookie(String name, boolean isSecure) {
  /** Browsers take it over TLS only, and send it to no other host. */
  public static final SessionCookie OVER_TLS = new SessionCookie("__Host-swarm-console", true);

  /** Without TLS; browsers send it to all ports of the machine, so each has a name of its own. */
  public static SessionCookie ofPort(int port) {
    return new SessionCookie("swarm-console-" + port, false);
  }

  /** Value of the header that gives it to a browser. */
  public String given(String value) {
    return header(value, "");
  }

  /** Value of the header that takes it away. */
  public String taken() {
    return header("", "; Max-Age=0");
  }

  private String header(String value, String more) {
    return name
        + "="
        + value
        + "; Path=/"
        + (isSecure ? "; Secure" : "")
        + "; HttpOnly; SameSite=Strict"
        + more;
  }
}
