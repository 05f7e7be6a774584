package io.swarmstream.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.CheckIn;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundSummaryTest {

  @ParameterizedTest
  @CsvSource({
    "training training, false",
    "snapshot training, false",
    "snapshot active, true",
    "inactive, true",
    "snapshot a-later-kind, false",
  })
  void endsTheTrainingWhenAllHaveFinished(String checkIns, boolean end) {
    assertThat(round(participants(checkIns.split(" ", -1))).endsTraining()).isEqualTo(end);
  }

  private static List<RoundParticipant> participants(String... checkIns) {
    return Arrays.stream(checkIns)
        .map(
            checkIn ->
                new RoundParticipant(
                    "0x00",
                    "a",
                    Hash.ZERO,
                    new TrainingReport(1, 0, 0, 0, 0, 0, CheckIn.ofCode(checkIn))))
        .toList();
  }

  private static RoundSummary round(List<RoundParticipant> participants) {
    return new RoundSummary(
        "digits",
        7,
        "mean",
        participants,
        List.of(),
        "all-live",
        Instant.EPOCH,
        Instant.EPOCH,
        Hash.ZERO,
        Hash.ZERO,
        1,
        Double.NaN,
        0,
        0,
        0,
        List.of(),
        Hash.ZERO);
  }
}
