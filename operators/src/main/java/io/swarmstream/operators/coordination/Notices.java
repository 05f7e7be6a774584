package io.swarmstream.operators.coordination;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Round notices on their way to the contract's rounds topic, where the newest replaces the one
 * before.
 */
final class Notices {
  static final String KEY = "notice";
  private static final int NAMES = 1_000;

  private Notices() {}

  /**
   * What the open round waits for.
   *
   * @param wanted sites for whom it waits even if they are away
   */
  static OutboundRecord waiting(
      ContractTerms terms,
      RoundState state,
      Set<String> complete,
      Set<String> wanted,
      Membership members,
      long nowMs)
      throws Exception {
    List<String> missing = new ArrayList<>();
    for (String site : members.live()) {
      if (!complete.contains(site)) {
        missing.add(members.name(site));
      }
    }
    List<String> absent = new ArrayList<>();
    for (String site : members.absent()) {
      (wanted.contains(site) ? missing : absent).add(members.name(site));
    }
    return outbound(
        terms,
        KEY,
        RoundNotice.newBuilder()
            .setContract(terms.contract())
            .setRound(state.round())
            .setContributed(complete.size())
            .setMinPeers(terms.minPeers())
            .setMissing(missing.subList(0, Math.min(NAMES, missing.size())))
            .setMissingCount(missing.size())
            .setAbsent(absent.subList(0, Math.min(NAMES, absent.size())))
            .setClosesAtMs(state.closesAtMs())
            .setFence("")
            .setAtMs(nowMs)
            .build());
  }

  /** A fence keeps its own key, so that compaction leaves the order of fences and plans. */
  static OutboundRecord fence(ContractTerms terms, long number, String fence, long nowMs) {
    return outbound(
        terms,
        "fence-" + number,
        RoundNotice.newBuilder()
            .setContract(terms.contract())
            .setRound(-1)
            .setContributed(0)
            .setMinPeers(terms.minPeers())
            .setMissing(List.of())
            .setMissingCount(0)
            .setAbsent(List.of())
            .setClosesAtMs(RoundState.NEVER)
            .setFence(fence)
            .setAtMs(nowMs)
            .build());
  }

  private static OutboundRecord outbound(ContractTerms terms, String key, RoundNotice notice) {
    return new OutboundRecord(
            Topic.ROUNDS.of(notice.getContract()), key, WireFormat.ROUND_NOTICE.encode(notice))
        .under(terms.hash());
  }
}
