package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A site that is invited together with the agent that will run it.
 *
 * @param name of the future member
 */
public record InvitedSite(@JsonProperty("name") String name, @JsonProperty("token") String token) {
  /** Without the token, which is a secret. */
  @Override
  public String toString() {
    return "invited site " + name;
  }
}
