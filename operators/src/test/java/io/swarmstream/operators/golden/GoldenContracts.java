package io.swarmstream.operators.golden;

import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.testkit.TestContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The contracts of golden state.
 *
 * @param limited its fourth site has left before the first round
 * @param unknown the chain does not name it yet, and its log has a round already
 * @param closing of the {@link ClosingRound}
 */
record GoldenContracts(
    TestContract limited,
    TestContract median,
    TestContract paced,
    TestContract unknown,
    TestContract closing) {
  private static final long GRACE_MS = 30_000;

  /** Folders of state whose terms do not name a payload hash. */
  private static final Set<Path> UNNAMED =
      Set.of(GoldenState.FOLDER, GoldenState.FOLDER.resolve("figures"));

  /** Folders of state whose terms name a payload hash, and no optimizer. */
  private static final Set<Path> UNOPTIMIZED =
      Set.of(GoldenState.FOLDER.resolve("blake3"), GoldenState.FOLDER.resolve("plans"));

  private static final GoldenContracts OLD = hashed(PayloadHash.SHA_256);

  private static final GoldenContracts WITHOUT_OPTIMIZER = hashed(PayloadHash.BLAKE3);

  /** Those of today. */
  static final GoldenContracts NEW = WITHOUT_OPTIMIZER.optimized();

  /** The contracts that a folder's state is of. */
  static GoldenContracts of(Path folder) {
    if (UNNAMED.contains(folder)) {
      return OLD;
    }
    return UNOPTIMIZED.contains(folder) ? WITHOUT_OPTIMIZER : NEW;
  }

  private GoldenContracts optimized() {
    return new GoldenContracts(
        limited.optimized("adam"),
        median.optimized("nesterov"),
        paced.optimized("adagrad"),
        unknown,
        closing.optimized("yogi"));
  }

  private static GoldenContracts hashed(PayloadHash hash) {
    return new GoldenContracts(
        TestContract.of("limited", "mean", 4, 2, GRACE_MS)
            .limited("share=1/2;norm=median*2")
            .hashed(hash),
        TestContract.of("median", "geomedian", 3, 3, GRACE_MS).hashed(hash),
        TestContract.of("paced", "mean", 3, 3, GRACE_MS)
            .encoded(DeltaEncoding.INT8)
            .adaptive(64)
            .hashed(hash),
        TestContract.of("unknown", "mean", 2, 2, GRACE_MS).hashed(hash),
        TestContract.of("closing", "geomedian", 3, 3, GRACE_MS)
            .limited("norm=median*2")
            .adaptive(64)
            .hashed(hash));
  }

  /** Those whose rounds are played. */
  List<TestContract> played() {
    return List.of(limited, median, paced);
  }

  /** The chain events that establish those that are played. */
  List<ContractEvent> events() {
    List<ContractEvent> events = new ArrayList<>();
    played().forEach(contract -> events.addAll(contract.events()));
    return events;
  }
}
