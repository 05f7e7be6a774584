package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A link that logs the member that asked for it in to a node's console, once. */
public record LoginLink(
    @JsonPropertyDescription("To be opened in a browser; whoever has it is logged in.") String url,
    @JsonPropertyDescription("Until when, ISO 8601.") String expiresAt) {
  /** The link may not come into a log. */
  @Override
  public String toString() {
    return "LoginLink[until " + expiresAt + "]";
  }
}
