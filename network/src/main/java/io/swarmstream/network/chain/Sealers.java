package io.swarmstream.network.chain;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Votes for who makes blocks. Each node proposes what it wants; clique adds or removes a sealer as
 * soon as more than half of the present ones have said so in their blocks.
 */
final class Sealers {
  private final RpcCalls node;

  Sealers(RpcCalls node) {
    this.node = node;
  }

  /** Those who may make blocks now. */
  Set<String> present() throws IOException {
    Set<String> present = new TreeSet<>();
    for (JsonNode sealer : node.call("clique_getSigners")) {
      present.add(sealer.asText());
    }
    return present;
  }

  /** How many sealers have to be there, so that the chain makes blocks. */
  static int needed(int sealers) {
    return sealers / 2 + 1;
  }

  /**
   * Proposes what is missing, and takes back proposals that are done or no longer wanted.
   *
   * @param wanted all that shall make blocks; nobody is voted out unless one of them makes blocks
   *     and is there
   * @param reachable those whose nodes are there: others are not added, because a sealer that is
   *     away counts towards the majority that has to be there
   */
  void reconcile(Collection<String> wanted, Collection<String> reachable) throws IOException {
    Set<String> present = present();
    Map<String, Boolean> votes = new TreeMap<>();
    wanted.stream()
        .filter(sealer -> !present.contains(sealer) && reachable.contains(sealer))
        .forEach(sealer -> votes.put(sealer, true));
    // A chain without sealers is dead for ever.
    if (present.stream()
        .anyMatch(sealer -> wanted.contains(sealer) && reachable.contains(sealer))) {
      present.stream()
          .filter(sealer -> !wanted.contains(sealer))
          .forEach(sealer -> votes.put(sealer, false));
    }
    for (Map.Entry<String, JsonNode> proposal : node.call("clique_proposals").properties()) {
      Boolean vote = votes.get(proposal.getKey());
      if (vote == null) {
        node.call("clique_discard", proposal.getKey());
      } else if (vote == proposal.getValue().asBoolean()) {
        votes.remove(proposal.getKey());
      }
    }
    for (Map.Entry<String, Boolean> vote : votes.entrySet()) {
      node.call("clique_propose", vote.getKey(), vote.getValue());
    }
  }
}
