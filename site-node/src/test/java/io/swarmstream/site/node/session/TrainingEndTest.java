package io.swarmstream.site.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.TrainingReport;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingEndTest {

  @ParameterizedTest
  @CsvSource({
    "training training, false",
    "snapshot training, false",
    "snapshot active, true",
    "inactive, true",
    "snapshot a-later-kind, false",
  })
  void isTheFirstRoundInWhichAllHaveFinished(String checkIns, boolean end) {
    assertThat(TrainingEnd.isEnd(participants(checkIns.split(" ", -1)))).isEqualTo(end);
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
}
