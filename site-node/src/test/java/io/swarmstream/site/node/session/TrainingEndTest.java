package io.swarmstream.site.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
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
    assertThat(TrainingEnd.isEnd(record(checkIns.split(" ", -1)))).isEqualTo(end);
  }

  private static RoundRecord record(String... checkIns) {
    List<Participant> participants =
        Arrays.stream(checkIns)
            .map(
                checkIn ->
                    new Participant(
                        "0x00",
                        "a",
                        Hash.ZERO.toAvro(),
                        new ContributionHeader(1, 0L, 0.0, 0.0, 0.0, 0.0, checkIn)))
            .toList();
    return RoundRecord.newBuilder()
        .setContract("c")
        .setTermsHash(Hash.ZERO.toAvro())
        .setRound(1)
        .setMethod("mean")
        .setParticipants(participants)
        .setLeftOut(List.of())
        .setClosedBy("all-live")
        .setBaseHash(Hash.ZERO.toAvro())
        .setModelHash(Hash.ZERO.toAvro())
        .setParameterCount(1)
        .setChunkCount(1)
        .setMeanLoss(0)
        .setIterations(0)
        .setGap(0)
        .setOpenedAtMs(0)
        .setClosedAtMs(0)
        .build();
  }
}
