package io.swarmstream.operators.golden;

import io.swarmstream.operators.messages.ChunkPlan;
import io.swarmstream.operators.messages.ChunkRef;
import io.swarmstream.operators.messages.ChunkSignal;
import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.operators.messages.Header;
import io.swarmstream.operators.messages.ModelSignal;
import io.swarmstream.operators.messages.PlannedDelta;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.operators.messages.RoundPart;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.operators.rig.OperatorRig;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A round that is closing: window, solver, merge and seal have heard one half of it, and then hear
 * the other.
 *
 * <p>Aligned checkpoints find these operators between rounds, since a plan and all that follows
 * from it are on the same side of the barrier. What they hold in the middle of a round is state
 * nevertheless, with names and types that stay.
 */
@SuppressWarnings("NullAway") // a round that lacks a part fails here just as well
final class ClosingRound implements AutoCloseable {
  private static final long NOW_MS = 2_000_000;
  private static final int CHUNKS = 3;
  private static final int SITES = 3;

  /** Of a chunk that is dismissed before it comes. */
  private static final ChunkRef STRAY = new ChunkRef(0, 99);

  private final TestContract contract;
  private final OperatorRig window;
  private final OperatorRig solve;
  private final OperatorRig merge;
  private final OperatorRig seal;

  // What the operators have emitted, by chunk.
  private final Map<Integer, GatheredRound> gathered = new TreeMap<>();
  private final Map<Integer, RoundPart> parts = new TreeMap<>();
  private final Map<Integer, ModelSignal> solutions = new TreeMap<>();
  private final Map<Integer, SealSignal.MergedChunk> merged = new TreeMap<>();

  /** Of the solver, for the seal; null: not emitted yet. */
  private @Nullable SealSignal solved;

  /**
   * Opens the operators.
   *
   * @param state what to begin with; null: nothing
   */
  ClosingRound(GoldenContracts contracts, @Nullable Path state) throws Exception {
    contract = contracts.closing();
    List<InboundRecord> deltas = new ArrayList<>();
    for (int site = 0; site < SITES; site++) {
      for (int chunk = 0; chunk < CHUNKS; chunk++) {
        ChunkRef ref = ref(site, chunk);
        byte[] bytes = WireFormat.DELTA_CHUNK.encode(delta(site, chunk));
        deltas.add(
            new InboundRecord(
                Topic.DELTAS.of(contract.name()), ref.partition(), ref.offset(), 1, bytes));
      }
    }
    OperatorRig.use(deltas, List.of());
    window = new OperatorRig("round-window", state, NOW_MS);
    solve = new OperatorRig("solve-coefficients", state, NOW_MS);
    merge = new OperatorRig("update-model", state, NOW_MS);
    seal = new OperatorRig("seal", state, NOW_MS);
  }

  private Contribution contribution(int site) {
    return GoldenRounds.contribution(contract, site, 0, Hash.ZERO);
  }

  private DeltaChunk delta(int site, int chunk) {
    return contribution(site).chunk(chunk);
  }

  private static ChunkRef ref(int site, int chunk) {
    return new ChunkRef(chunk, site);
  }

  /** Half of the round, of which the rest depends on what a whole one comes to. */
  void firstHalf(ClosingRound whole) throws Exception {
    arrive(0, 0);
    dismissStray();
    plan(0);
    arrive(1, 0);
    arrive(1, 1);
    arrive(1, 2);
    plan(1);
    gather();
    arrive(2, 0);
    arrive(2, 1);
    solve.send(1, of(parts, 1));
    merge.send(1, of(gathered, 1));
    merge.send(2, of(whole.solutions, 2)); // before its deltas
    seal.send(1, SealSignal.of(head()));
    seal.send(1, Objects.requireNonNull(whole.solved));
    seal.send(1, SealSignal.merged(contract.name(), 0, of(whole.merged, 1)));
  }

  /** The other half; returns the record. */
  byte[] secondHalf() throws Exception {
    arrive(0, 1);
    arrive(0, 2);
    arrive(2, 2);
    plan(2);
    window.send(1, ChunkSignal.arrival(contract.name(), 0, 0, STRAY, "stray"));
    gather();
    solve.send(1, of(parts, 0));
    solve.send(1, of(parts, 2));
    takeSolutions();
    merge.send(1, of(gathered, 0));
    merge.send(2, of(solutions, 0));
    merge.send(2, of(solutions, 1));
    merge.send(1, of(gathered, 2));
    takeMerged();
    seal.send(1, SealSignal.merged(contract.name(), 0, of(merged, 0)));
    seal.send(1, SealSignal.merged(contract.name(), 0, of(merged, 2)));
    return record();
  }

  /** The whole round without a stop; returns the record. */
  byte[] whole() throws Exception {
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      for (int site = 0; site < SITES; site++) {
        arrive(chunk, site);
      }
      plan(chunk);
    }
    gather();
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      solve.send(1, of(parts, chunk));
      merge.send(1, of(gathered, chunk));
    }
    takeSolutions();
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      merge.send(2, of(solutions, chunk));
    }
    takeMerged();
    seal.send(1, SealSignal.of(head()));
    seal.send(1, Objects.requireNonNull(solved));
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      seal.send(1, SealSignal.merged(contract.name(), 0, of(merged, chunk)));
    }
    return record();
  }

  private static <T> T of(Map<Integer, T> byChunk, int chunk) {
    return Objects.requireNonNull(byChunk.get(chunk));
  }

  private void arrive(int chunk, int site) throws Exception {
    String hash =
        contract.terms().payloadHash().leaf(AvroBytes.of(delta(site, chunk).getPayload())).hex();
    window.send(1, ChunkSignal.arrival(contract.name(), chunk, 0, ref(site, chunk), hash));
  }

  private void dismissStray() throws Exception {
    window.send(1, ChunkSignal.dismissal(contract.name(), 0, 0, STRAY));
  }

  private void plan(int chunk) throws Exception {
    ContractTerms terms = contract.terms();
    List<PlannedDelta> deltas = new ArrayList<>();
    for (int site = 0; site < SITES; site++) {
      deltas.add(
          new PlannedDelta(ref(site, chunk), contribution(site).chunk(0).getHeader().getWeight()));
    }
    window.send(
        1,
        ChunkSignal.plan(
            contract.name(),
            chunk,
            0,
            new ChunkPlan(
                terms.method(),
                terms.encoding(),
                terms.isAdaptive(),
                CHUNKS,
                deltas,
                terms.limits(),
                terms.payloadHash(),
                terms.optimizer(),
                null)));
  }

  private void gather() {
    window.take(GatheredRound.class).forEach(one -> gathered.put(one.chunk(), one));
    window.take(RoundPart.class).forEach(one -> parts.put(one.chunk(), one));
  }

  private void takeSolutions() {
    solve.take(ModelSignal.class).forEach(one -> solutions.put(one.chunk(), one));
    solved = solve.take(SealSignal.class).get(0);
  }

  private void takeMerged() {
    for (SealSignal signal : merge.take(SealSignal.class)) {
      SealSignal.MergedChunk chunk = Objects.requireNonNull(signal.chunk());
      merged.put(chunk.chunk(), chunk);
    }
  }

  private RoundHead head() {
    List<RoundHead.Participating> participants = new ArrayList<>();
    for (int site = 0; site < SITES; site++) {
      participants.add(
          new RoundHead.Participating(
              contract.site(site).address(),
              contract.site(site).name(),
              contribution(site).root().hex(),
              Header.of(contribution(site).chunk(0).getHeader()),
              0));
    }
    return new RoundHead(
        contract.terms(),
        0,
        Hash.ZERO.hex(),
        participants,
        List.of("late"),
        "all-live",
        1,
        2,
        null);
  }

  private byte[] record() {
    return seal.take(OutboundRecord.class).get(0).value();
  }

  /** What keyed states hold, by their operator's uid and their name. */
  Map<String, Map<String, List<Object>>> keyedStates() throws ReflectiveOperationException {
    return Map.of(
        "round-window", window.keyedStates(),
        "solve-coefficients", solve.keyedStates(),
        "update-model", merge.keyedStates(),
        "seal", seal.keyedStates());
  }

  void save(Path file) throws Exception {
    OperatorRig.save(file, window, solve, merge, seal);
  }

  @Override
  public void close() throws Exception {
    window.close();
    solve.close();
    merge.close();
    seal.close();
  }
}
