package io.swarmstream.operators.coordination;

import io.swarmstream.operators.admission.Flaw;
import io.swarmstream.operators.merging.RoundLimits;
import io.swarmstream.operators.messages.ChunkPlan;
import io.swarmstream.operators.messages.ChunkSignal;
import io.swarmstream.operators.messages.PlannedDelta;
import io.swarmstream.operators.messages.Receipt;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.operators.messages.RoundMasks;
import io.swarmstream.operators.messages.TurnedAway;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.masking.MaskedSum;
import io.swarmstream.schemas.rounds.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the plan of the current round once all that it names has arrived: sends each chunk's
 * window its part, and the round's head to the seal.
 *
 * <p>Usually this attempt made the plan, and all is there. After a crash the plan decides what the
 * round takes, whatever the chain says by now.
 */
final class PlanFollowing {
  private static final Logger LOG = LoggerFactory.getLogger(PlanFollowing.class);

  private final ContractState contract;
  private final ReceiptCheck check;
  private final Dismissals dismissals;
  private final ReadBackWatch readBack;
  private final Attempt attempt;
  private final MaskRounds masks;
  private final PlanUnmasking unmasking;

  PlanFollowing(
      ContractState contract,
      Attempt attempt,
      Dismissals dismissals,
      ReadBackWatch readBack,
      MaskRounds masks,
      PlanUnmasking unmasking) {
    this.masks = masks;
    this.unmasking = unmasking;
    this.attempt = attempt;
    this.contract = contract;
    this.check = new ReceiptCheck(contract, masks);
    this.dismissals = dismissals;
    this.readBack = readBack;
  }

  /** The plan of the current round; null: it is not read yet. */
  private @Nullable AgreedPlan plan() throws Exception {
    return contract.plans.of(contract.round().round());
  }

  boolean isPlanKnown() throws Exception {
    return plan() != null;
  }

  /** Enters a chunk that the plan names, and refuses any other. */
  void onReceipt(Receipt receipt, Turn turn) throws Exception {
    AgreedPlan plan = Objects.requireNonNull(plan());
    boolean isIn =
        receipt.round() == contract.round().round()
            && plan.names(receipt.site(), receipt.signed())
            && contract.book.received(receipt) == null;
    if (!isIn) {
      turn.refuse(receipt, check.flawOfAny(receipt), contract.terms());
      return;
    }
    @Nullable TurnedAway away = receipt.turnedAway();
    if (away != null) {
      turn.tellWindow(
          ChunkSignal.arrival(
              receipt.contract(),
              receipt.chunk(),
              receipt.round(),
              receipt.ref(),
              away.chunkHash()));
    }
    if (contract.members.isEnrolled(receipt.site())) {
      contract.members.markLive(receipt.site());
    }
    if (contract.book.enter(receipt, contract.terms().chunks().chunkCount())) {
      carryOutWhenComplete(turn);
    }
  }

  /** Carries it out if every contribution that it names is whole. */
  void carryOutWhenComplete(Turn turn) throws Exception {
    AgreedPlan plan = Objects.requireNonNull(plan());
    List<Tally> participants = participants(plan);
    if (participants.size() < plan.signed().size()) {
      return;
    }
    if (awaitsCheckpoint()) {
      attempt.lookForCheckpointSoon(turn);
      return;
    }
    if (!masks.isMasked()) {
      carryOut(plan, participants, plan.head(contract.terms()), turn);
      return;
    }
    if (masks.cohort() == null) {
      return; // it stands in the log before the plan, and the contributions came from elsewhere
    }
    Optional<RoundMasks> found = unmasking.solve(turn);
    if (found.isPresent()) {
      carryOut(plan, participants, plan.head(contract.terms()).with(found.get()), turn);
    }
  }

  private boolean hasAll() throws Exception {
    AgreedPlan plan = Objects.requireNonNull(plan());
    return participants(plan).size() == plan.signed().size();
  }

  /** Those of the plan's contributions that are whole. */
  private List<Tally> participants(AgreedPlan plan) throws Exception {
    int chunkCount = contract.terms().chunks().chunkCount();
    List<Tally> participants = new ArrayList<>();
    for (Map.Entry<String, String> in : plan.signed().entrySet()) {
      @Nullable Tally tally = contract.book.tally(in.getKey(), in.getValue());
      if (tally != null && tally.received() == chunkCount) {
        participants.add(tally);
      }
    }
    return participants;
  }

  /** Whether the round's model would replace the one that a crash goes back to. */
  private boolean awaitsCheckpoint() throws Exception {
    return attempt.lead(contract.round().round()) >= contract.keptModels();
  }

  /** The plan has not been carried out for long. */
  void warnOfWait() throws Exception {
    if (awaitsCheckpoint()) {
      LOG.warn(
          "Contract {}: round {} waits for a checkpoint, and none has completed for {} rounds; check why Flink's"
              + " checkpoints fail",
          contract.terms().contract(),
          contract.round().round(),
          attempt.lead(contract.round().round()));
    } else if (masks.cohort() != null && hasAll()) {
      unmasking.warnOfWait();
    } else {
      LOG.warn(
          "Contract {}: the log has the plan of round {}, but not all contributions that it names have been read from"
              + " the deltas topic; if this repeats, check whether that topic was altered or keeps too little",
          contract.terms().contract(),
          contract.round().round());
    }
  }

  private void carryOut(AgreedPlan plan, List<Tally> participants, RoundHead head, Turn turn)
      throws Exception {
    RoundState round = contract.round();
    ContractTerms terms = contract.terms();
    leaveOutOthers(plan, turn);
    dismissOthers(plan, turn);
    sendPlans(terms, head, participants, turn);
    turn.seal(head);
    contract.book.clear();
    contract.plans.remove(round.round());
    contract.masks.clear(round.round());
    contract.update(round.sealing());
    readBack.end(turn);
    readBack.begin(turn);
  }

  /** Later rounds do not wait for the missing sites until these send something again. */
  private void leaveOutOthers(AgreedPlan plan, Turn turn) throws Exception {
    for (String site : List.copyOf(contract.members.live())) {
      if (!plan.names(site) && masks.hasMissed(site)) {
        contract.members.markAbsent(site, turn.nowMs());
      }
    }
  }

  private void dismissOthers(AgreedPlan plan, Turn turn) throws Exception {
    long round = contract.round().round();
    dismissals.dismiss(
        tally -> plan.names(tally.site()) && !plan.names(tally),
        new Flaw(
            RejectionReason.CONFLICTING,
            "merkleRoot",
            String.format(
                "round %d has another contribution of this site; only the first that is complete counts",
                round)),
        turn);
    int chunkCount = contract.terms().chunks().chunkCount();
    boolean isGrouped = contract.terms().privacy().groups() > 1;
    dismissals.dismiss(
        tally -> isGrouped && !plan.names(tally.site()) && tally.received() == chunkCount,
        new Flaw(
            RejectionReason.INCOMPLETE,
            "cohort",
            String.format(
                "too few sites of its group contributed to round %d to hide this contribution in their sum; take the"
                    + " newest model and contribute to the next round",
                round)),
        turn);
    dismissals.dismiss(
        tally -> !plan.names(tally.site()),
        new Flaw(
            RejectionReason.INCOMPLETE,
            "chunkCount",
            String.format(
                "round %d closed before all %d chunks of this contribution had arrived; take the newest model"
                    + " and contribute to the next round",
                round, chunkCount)),
        turn);
  }

  private void sendPlans(ContractTerms terms, RoundHead head, List<Tally> participants, Turn turn)
      throws Exception {
    int chunkCount = terms.chunks().chunkCount();
    int[] weights = RoundLimits.weights(head);
    @Nullable MaskedSum masked = head.maskedSum();
    for (int chunk = 0; chunk < chunkCount; chunk++) {
      List<PlannedDelta> deltas = new ArrayList<>(participants.size());
      for (Tally tally : participants) {
        deltas.add(new PlannedDelta(contract.book.ref(tally, chunk), weights[deltas.size()]));
      }
      ChunkPlan plan =
          new ChunkPlan(
              terms.method(),
              terms.deltaEncoding(head.round()).kind(),
              terms.isAdaptive(),
              chunkCount,
              deltas,
              terms.limits(),
              terms.payloadHash(),
              terms.optimizer(),
              masked);
      turn.tellWindow(ChunkSignal.plan(terms.contract(), chunk, head.round(), plan));
    }
  }
}
