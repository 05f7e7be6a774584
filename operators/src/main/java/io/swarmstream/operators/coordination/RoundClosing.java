package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.Flaw;
import io.swarmstream.operators.merging.RoundLimits;
import io.swarmstream.operators.messages.ChunkPlan;
import io.swarmstream.operators.messages.ChunkSignal;
import io.swarmstream.operators.messages.PlannedDelta;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.rounds.RejectionReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Closes a round: sends each chunk's window its plan, and the round's head to the seal. */
final class RoundClosing {
  private final ContractState contract;
  private final Dismissals dismissals;
  private final ReadBackWatch readBack;

  RoundClosing(ContractState contract, Dismissals dismissals, ReadBackWatch readBack) {
    this.contract = contract;
    this.dismissals = dismissals;
    this.readBack = readBack;
  }

  /**
   * Closes the open round with the contributions that are complete.
   *
   * @param closedBy why, for the record
   */
  void close(String closedBy, Turn turn) throws Exception {
    RoundState round = contract.round();
    ContractTerms terms = contract.terms();
    Map<String, Tally> participants = contract.book.completeTallies();
    List<String> leftOut = leaveOutOthers(participants, turn);
    dismissals.allOfOthers(
        participants.keySet(),
        new Flaw(
            RejectionReason.INCOMPLETE,
            "chunkCount",
            String.format(
                "round %d closed before all %d chunks of this contribution had arrived; take the newest model"
                    + " and contribute to the next round",
                round.round(), terms.chunks().chunkCount())),
        turn);
    sendPlans(terms, round.round(), participants.values(), turn);
    turn.seal(
        new RoundHead(
            terms,
            round.round(),
            round.baseHash(),
            participating(participants.values()),
            leftOut,
            closedBy,
            round.openedAtMs(),
            turn.nowMs()));
    turn.deleteTimers(round);
    contract.book.clear();
    contract.update(round.sealing());
    readBack.begin(turn);
  }

  /** Later rounds do not wait for the missing sites until these send something again. */
  private List<String> leaveOutOthers(Map<String, Tally> participants, Turn turn) throws Exception {
    List<String> leftOut = new ArrayList<>();
    for (String site : List.copyOf(contract.members.live())) {
      if (!participants.containsKey(site)) {
        leftOut.add(contract.members.name(site));
        contract.members.markAbsent(site, turn.nowMs());
      }
    }
    return leftOut;
  }

  private void sendPlans(ContractTerms terms, long round, Collection<Tally> participants, Turn turn)
      throws Exception {
    int chunkCount = terms.chunks().chunkCount();
    int[] weights =
        RoundLimits.weights(
            terms.limits(),
            participants.stream().mapToInt(tally -> tally.header().weight()).toArray());
    for (int chunk = 0; chunk < chunkCount; chunk++) {
      List<PlannedDelta> deltas = new ArrayList<>(participants.size());
      for (Tally tally : participants) {
        deltas.add(new PlannedDelta(contract.book.ref(tally, chunk), weights[deltas.size()]));
      }
      ChunkPlan plan =
          new ChunkPlan(
              terms.method(),
              terms.deltaEncoding(round).kind(),
              terms.isAdaptive(),
              chunkCount,
              deltas,
              terms.limits(),
              terms.payloadHash());
      turn.tellWindow(ChunkSignal.plan(terms.contract(), chunk, round, plan));
    }
  }

  private List<RoundHead.Participating> participating(Collection<Tally> participants)
      throws Exception {
    List<RoundHead.Participating> in = new ArrayList<>();
    for (Tally tally : participants) {
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
}
