package io.swarmstream.network;

import io.swarmstream.clients.chain.Member;
import io.swarmstream.identity.Identity;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the swarm knows a network node by. */
public final class NodeBinding {
  private static final Logger LOG = LoggerFactory.getLogger(NodeBinding.class);

  private NodeBinding() {}

  /**
   * Binds the key of the node's present certificate, if its organisation has replaced it. With
   * SPIFFE, binds the id instead: a workload's key changes every hour, its id stays.
   */
  public static void renew(NetworkFolder folder, NetworkNode node) throws IOException {
    Identity identity = folder.identity().read();
    SiteKey account = folder.account();
    String spiffeId = identity.spiffeId().orElse("");
    String key = spiffeId.isEmpty() ? identity.keyHash() : "";
    Optional<Member> member = node.chain().members().byAccount(account.address());
    if (member.filter(Member::isActive).isEmpty() || isKnown(member.get(), key, spiffeId)) {
      return;
    }
    var unused =
        node.chain()
            .membership()
            .bindKey(
                node.chain()
                    .members()
                    .bindingText(account.address(), key, spiffeId)
                    .signedBy(account));
    LOG.info("{} is known by {} from now on", member.get().name(), identity.principal());
  }

  private static boolean isKnown(Member member, String key, String spiffeId) {
    return spiffeId.isEmpty() ? member.keyHash().equals(key) : member.spiffeId().equals(spiffeId);
  }
}
