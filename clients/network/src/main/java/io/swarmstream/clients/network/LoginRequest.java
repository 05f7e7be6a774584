package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Logs in to a node's console. */
public record LoginRequest(
    @JsonPropertyDescription("What follows #/login/ in the link.") String token) {
  /** The token may not come into a log. */
  @Override
  public String toString() {
    return "LoginRequest[]";
  }
}
