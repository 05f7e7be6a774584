package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who calls a network node, and what it may do there. Has all that {@link MemberInfo} has. */
public record CallerInfo(
    @JsonPropertyDescription("The member's name; unique in the swarm.") String member,
    @JsonPropertyDescription("The same, as in the list of members.") String name,
    @JsonPropertyDescription("To which the member belongs.") String organisation,
    @JsonPropertyDescription("Ethereum address.") String account,
    @JsonPropertyDescription("admin, owner, site, agent, observer, network, job.")
        List<String> roles,
    @JsonPropertyDescription("pending, active, suspended or removed.") String status,
    @JsonPropertyDescription(
            "SHA-256 of the public key of the member's certificate, 64 hex digits.")
        String certificateKey,
    @JsonPropertyDescription("SPIFFE id, if that is what is bound instead of a key.")
        @Nullable String spiffeId,
    @JsonPropertyDescription("How the node knows it: certificate or session.") String by,
    @JsonPropertyDescription(
            "When the session ends if no call comes, ISO 8601; none: by certificate.")
        @Nullable String sessionEnds,
    @JsonPropertyDescription("The node that answers.") AnsweringNode node,
    @JsonPropertyDescription("Whether the caller can act through this node.") boolean acts,
    @JsonPropertyDescription("Why it cannot, and the way out; none: it can.")
        @Nullable String whyNot,
    @JsonPropertyDescription("What there is at other nodes and not here; empty at a network node.")
        List<LackInfo> lacks) {

  /** The node that answers a caller. */
  public record AnsweringNode(
      @JsonPropertyDescription("Name of the member whose node it is.") String member,
      @JsonPropertyDescription("To which that member belongs.") String organisation,
      @JsonPropertyDescription("Version of its program.") String version,
      @JsonPropertyDescription("network; or local, for a local swarm.") String kind) {}
}
