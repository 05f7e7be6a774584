package io.swarmstream.web;

/**
 * Who calls a server of this machine's user.
 *
 * @param isOwner whether it shows the server's token, or the cookie of a browser that has shown it
 * @param port that the call came to
 */
public record Visitor(boolean isOwner, int port) {
  /** Entry of a route that anybody of this machine may call. */
  public static final String ANYBODY = "anybody";

  /** Entry of a route for the server's owner. */
  public static final String OWNER = "owner";
}
