package io.swarmstream.operators.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.operators.merging.DeltaFigures;
import io.swarmstream.operators.rig.GraphRig;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A checkpoint or savepoint of an earlier version of the job is taken up by today's.
 *
 * <p>What fails here is a change that makes every running job start anew: a state's class, its
 * fields, its name or an operator's uid is another one.
 */
class EarlierStateTest {
  private static final long ABOVE_ALL_OFFSETS = 1_000_000;

  static Stream<Arguments> moments() throws Exception {
    return GoldenState.all().stream()
        .flatMap(
            golden -> Stream.of(1, 2, 8).map(parallelism -> Arguments.of(golden, parallelism)));
  }

  @ParameterizedTest
  @MethodSource("moments")
  void isPlayedOnToTheSameModels(GoldenState golden, int parallelism) throws Exception {
    try (GraphRig rig = golden.restore(parallelism, parallelism)) {
      rig.settle();
      GoldenRounds rounds =
          new GoldenRounds(golden.contracts(), rig, new Random(parallelism), ABOVE_ALL_OFFSETS);
      Map<String, String> models = rounds.play(() -> {});

      assertThat(GoldenState.expected(golden.folder())).containsAllEntriesOf(models);
      assertThat(models).hasSize(golden.contracts().played().size() * GoldenRounds.ROUNDS);
    }
  }

  @ParameterizedTest
  @MethodSource("moments")
  void stillKnowsOfARoundWhoseContractTheChainHadNotNamed(GoldenState golden, int parallelism)
      throws Exception {
    try (GraphRig rig = golden.restore(parallelism, parallelism)) {
      TestContract unknown = golden.contracts().unknown();
      rig.contractEvents(unknown.events());
      byte[] chunk =
          WireFormat.DELTA_CHUNK.encode(
              GoldenRounds.contribution(unknown, 0, 0, Hash.ZERO).chunk(0));
      rig.settle();
      rig.siteRecord(new InboundRecord(Topic.DELTAS.of(unknown.name()), 0, 0, rig.nowMs(), chunk));
      rig.settle();

      Rejection rejection =
          WireFormat.REJECTION.decode(rig.rejections.get(rig.rejections.size() - 1).value());
      assertThat(rejection.getReason()).isEqualTo(RejectionReason.NOT_RESTORED.code());
    }
  }

  static List<Path> folders() throws Exception {
    return GoldenState.folders();
  }

  @ParameterizedTest
  @MethodSource("folders")
  void isFinishedInTheMiddleOfAClosingRound(Path folder) throws Exception {
    try (ClosingRound round = closing(folder)) {
      byte[] record = round.secondHalf();

      assertThat(GoldenState.expected(folder))
          .containsEntry("closing record", Hash.sha256(record).hex());
    }
  }

  /** The earliest state has chunks that were merged when nobody computed figures of deltas. */
  @Test
  void saysNothingOfDeltasOfWhichItKnowsAPart() throws Exception {
    try (ClosingRound round = closing(GoldenState.FOLDER)) {
      RoundRecord record = WireFormat.ROUND_RECORD.decode(round.secondHalf());

      assertThat(DeltaFigures.areIn(record)).isFalse();
    }
  }

  @Test
  void unmasksARoundThatWaitedForAnAnswer() throws Exception {
    try (GraphRig rig = GoldenMasks.restored()) {
      rig.run();
      assertThat(rig.rounds).noneMatch(written -> WireFormat.ROUND_RECORD.frames(written.value()));
      rig.siteRecord(GoldenMasks.answer(rig.nowMs()));
      rig.run();

      @Nullable RoundRecord record = null;
      for (OutboundRecord written : rig.rounds) {
        if (WireFormat.ROUND_RECORD.frames(written.value())) {
          record = WireFormat.ROUND_RECORD.decode(written.value());
        }
      }
      assertThat(record).isNotNull();
      assertThat(Hash.of(record.getModelHash()).hex()).isEqualTo(GoldenMasks.model());
    }
  }

  /** State that no golden file holds would be renamed unnoticed. */
  @Test
  void coversEveryKeyedStateOfTheGraph() throws Exception {
    Set<String> held = new TreeSet<>();
    Set<String> all = new TreeSet<>();
    for (GoldenState golden : GoldenState.all()) {
      try (GraphRig rig = golden.restore(1, 1)) {
        held.addAll(GoldenState.held(rig.keyedStates()));
        rig.keyedStates()
            .forEach((uid, states) -> states.keySet().forEach(name -> all.add(uid + "/" + name)));
      }
    }
    for (Path folder : GoldenState.folders()) {
      try (ClosingRound round = closing(folder)) {
        held.addAll(GoldenState.held(round.keyedStates()));
      }
    }
    try (GraphRig rig = GoldenMasks.restored()) {
      held.addAll(GoldenState.held(rig.keyedStates()));
    }
    assertThat(held).containsAll(all);
    assertThat(held)
        .containsAll(List.of("phase FENCING", "phase OPEN", "phase PLANNED", "phase SEALING"));
  }

  private static ClosingRound closing(Path folder) throws Exception {
    return new ClosingRound(GoldenContracts.of(folder), GoldenState.closing(folder));
  }
}
