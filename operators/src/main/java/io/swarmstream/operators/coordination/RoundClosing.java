package io.swarmstream.operators.coordination;

import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.schemas.ContractTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Closes a round: writes its plan to the log. What the plan says happens once it has been read from
 * there, because only then it is certain that no other plan counts.
 */
final class RoundClosing {
  private final ContractState contract;
  private final ReadBackWatch readBack;
  private final MaskRounds masks;

  RoundClosing(ContractState contract, ReadBackWatch readBack, MaskRounds masks) {
    this.contract = contract;
    this.readBack = readBack;
    this.masks = masks;
  }

  /**
   * Closes the open round with the contributions that are complete and may be in.
   *
   * @param closedBy why, for the record
   */
  void close(String closedBy, Turn turn) throws Exception {
    RoundState round = contract.round();
    ContractTerms terms = contract.terms();
    Map<String, Tally> complete = contract.book.completeTallies();
    complete.keySet().retainAll(masks.hidden(Set.copyOf(complete.keySet())));
    turn.give(
        AgreedPlan.outbound(
            terms,
            AgreedPlan.of(
                terms,
                round,
                contract.fenceInForce(),
                participating(complete),
                List.copyOf(complete.values()),
                others(complete),
                closedBy,
                turn.nowMs())));
    turn.deleteTimers(round);
    contract.update(round.planned());
    readBack.begin(turn);
  }

  private List<RoundHead.Participating> participating(Map<String, Tally> complete)
      throws Exception {
    List<RoundHead.Participating> in = new ArrayList<>();
    for (Tally tally : complete.values()) {
      in.add(
          new RoundHead.Participating(
              tally.site(),
              contract.members.name(tally.site()),
              tally.contribution(),
              tally.header(),
              tally.arrivedMs()));
    }
    return in;
  }

  private List<String> others(Map<String, Tally> complete) throws Exception {
    List<String> names = new ArrayList<>();
    for (String site : contract.members.live()) {
      if (!complete.containsKey(site)) {
        names.add(contract.members.name(site));
      }
    }
    return names;
  }
}
