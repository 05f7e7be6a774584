package io.swarmstream.operators.coordination;

import io.swarmstream.operators.messages.Receipt;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.wire.ModelKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/** The coordinator's state of the current key's contract. */
final class ContractState {
  final Membership members;
  final RoundBook book;
  final RoundPlans plans;
  final MaskState masks;

  private final RoundGauges gauges;
  private final Supplier<String> currentKey;

  /** Null: the contract is unknown. */
  private final ValueState<ContractTerms> terms;

  private final Recollection<Optional<ContractTerms>> knownTerms;

  /** Block of the newest contract event applied; null: none. */
  private final ValueState<Long> block;

  /** Log index of the newest contract event applied; null: none. */
  private final ValueState<Long> logIndex;

  /** Null: the contract is unknown. */
  private final ValueState<RoundState> round;

  /**
   * Receipts for the next round from sites that were faster than the read-back; empty while a round
   * is open.
   */
  private final ListState<Receipt> early;

  /** Number of the fence in force in the log, as far as it was read; null: none yet. */
  private final ValueState<Long> fenceInForce;

  /** Newest round found in the log before the chain named the contract; null: none. */
  private final ValueState<Long> roundsBefore;

  /** Null: nothing is to be read back, as while a round is open. */
  private final ValueState<ReadBackWait> readBackWait;

  /**
   * Opens it.
   *
   * @param currentKey the key whose state is read and written just then
   */
  ContractState(RuntimeContext runtime, Supplier<String> currentKey) {
    this.currentKey = currentKey;
    knownTerms = new Recollection<>(currentKey, this::readTerms);
    gauges = new RoundGauges(runtime.getMetricGroup(), System::currentTimeMillis);
    members = new Membership(runtime, currentKey);
    book = new RoundBook(runtime, currentKey);
    plans = new RoundPlans(runtime, currentKey);
    masks = new MaskState(runtime, currentKey);
    fenceInForce = runtime.getState(new ValueStateDescriptor<>("fence-in-force", Types.LONG));
    terms =
        runtime.getState(
            new ValueStateDescriptor<>("terms", TypeInformation.of(ContractTerms.class)));
    block = runtime.getState(new ValueStateDescriptor<>("block", Types.LONG));
    logIndex = runtime.getState(new ValueStateDescriptor<>("log-index", Types.LONG));
    round =
        runtime.getState(new ValueStateDescriptor<>("round", TypeInformation.of(RoundState.class)));
    roundsBefore = runtime.getState(new ValueStateDescriptor<>("rounds-before", Types.LONG));
    readBackWait =
        runtime.getState(
            new ValueStateDescriptor<>("read-back-wait", TypeInformation.of(ReadBackWait.class)));
    early =
        runtime.getListState(
            new ListStateDescriptor<>("early-receipts", TypeInformation.of(Receipt.class)));
  }

  boolean isKnown() throws Exception {
    return knownTerms.get().isPresent();
  }

  private Optional<ContractTerms> readTerms() throws Exception {
    return Optional.ofNullable(terms.value());
  }

  /** Of a contract that is known. */
  ContractTerms terms() throws Exception {
    return knownTerms.get().orElseThrow();
  }

  /** How many models the log keeps, of a contract that is known. */
  int keptModels() throws Exception {
    return ModelKeys.keptModels(terms().chunks().chunkCount());
  }

  void agree(ContractTerms agreed) throws Exception {
    terms.update(agreed);
    knownTerms.forget();
  }

  /** Of a contract that is known. */
  RoundState round() throws Exception {
    return Objects.requireNonNull(round.value());
  }

  void update(RoundState next) throws Exception {
    round.update(next);
    gauges.note(currentKey.get(), next);
  }

  /** Number of the fence in force; 0: none yet. */
  long fenceInForce() throws Exception {
    @Nullable Long number = fenceInForce.value();
    return number == null ? 0 : number;
  }

  void setFenceInForce(long number) throws Exception {
    fenceInForce.update(number);
  }

  /** After a start, metrics show the contract from its first turn on. */
  void appearInMetrics() throws Exception {
    if (!gauges.knows(currentKey.get()) && isKnown()) {
      gauges.note(currentKey.get(), round());
    }
  }

  /** Metrics say what the open round waits for. */
  void showSitesInMetrics() throws Exception {
    Set<String> complete = book.completeSites();
    Set<String> live = members.live();
    int missing = (int) live.stream().filter(site -> !complete.contains(site)).count();
    gauges.noteSites(
        currentKey.get(),
        complete.size(),
        Math.max(missing, terms().minPeers() - complete.size()),
        live.size(),
        members.absent().size());
  }

  /** Whether the event is newer than all that were applied. */
  boolean isNews(ContractEvent event) throws Exception {
    @Nullable Long seenBlock = block.value();
    return seenBlock == null || event.isAfter(seenBlock, Objects.requireNonNull(logIndex.value()));
  }

  void noteApplied(ContractEvent event) throws Exception {
    block.update(event.block());
    logIndex.update(event.logIndex());
  }

  /** A round of a contract that is not known yet stands in the log. */
  void noteRoundBefore(long found) throws Exception {
    roundsBefore.update(found);
  }

  /** The newest round found before the contract was known, once; null: none. */
  @Nullable Long takeRoundBefore() throws Exception {
    @Nullable Long found = roundsBefore.value();
    roundsBefore.clear();
    return found;
  }

  void keepEarly(Receipt receipt) throws Exception {
    early.add(receipt);
  }

  List<Receipt> takeEarly() throws Exception {
    List<Receipt> waiting = new ArrayList<>();
    early.get().forEach(waiting::add);
    early.clear();
    return waiting;
  }

  @Nullable ReadBackWait readBackWait() throws Exception {
    return readBackWait.value();
  }

  void update(ReadBackWait next) throws Exception {
    readBackWait.update(next);
  }

  void clearReadBackWait() {
    readBackWait.clear();
  }

  /** The message for contributions that a halted contract rejects. */
  String notRestored() throws Exception {
    return "the job runs without the state of the rounds that the log of contract "
        + terms().contract()
        + " holds; ask its operator to start it from the newest checkpoint, or, if the topics are left over from another"
        + " contract of that name, create the contract under a new name";
  }
}
