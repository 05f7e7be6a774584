package io.swarmstream.site.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BaseModelTest {
  /** Enough for the compiler to take a plain field's value out of a loop. */
  private static final long COMPILED_MS = 1_000;

  private static final ContractTerms TERMS = TestContract.of("c", "mean", 1, 1, 0, 2, 2).terms();

  private final BaseModel base = new BaseModel(TERMS, Optional.empty());

  @Test
  void isSeenByAThreadThatLooksAllTheTime() throws Exception {
    Thread reader =
        new Thread(
            () -> {
              // Nothing else: an atomic counter would have the field read again each time.
              while (base.current().isEmpty()) {}
            });
    reader.setDaemon(true);
    reader.start();
    reader.join(COMPILED_MS);

    become(0, 1);

    reader.join(5_000);
    assertThat(reader.isAlive()).isFalse();
  }

  @Test
  void staysReadableWhileTheNextModelIsRead() throws Exception {
    become(0, 1);
    HeldMerge first = base.current().orElseThrow();

    BaseModel.Received next = receive(1, 2);

    assertThat(first.weights()).containsExactly(1, 1);
    base.replace(merged(next));
    assertThat(base.current().orElseThrow().weights()).containsExactly(2, 2);
    assertThatThrownBy(first::weights).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void takesTurnsBetweenTwoPlaces() throws Exception {
    HeldModel first = become(0, 1);
    HeldModel second = become(1, 2);

    assertThat(second).isNotSameAs(first);
    assertThat(become(2, 3)).isSameAs(first);
    assertThat(become(3, 4)).isSameAs(second);
  }

  private HeldModel become(long round, float value) throws Exception {
    BaseModel.Received received = receive(round, value);
    base.replace(merged(received));
    return received.model();
  }

  private BaseModel.Received receive(long round, float value) throws Exception {
    PublishedRound sealed = sealed(round);
    return base.receive(
        place -> {
          place.accept(0, 0, ByteBuffer.wrap(FloatCodec.encode(new float[] {value, value})));
          return sealed;
        });
  }

  private static HeldMerge merged(BaseModel.Received received) {
    return new HeldMerge(TERMS, received, true, true, Optional.empty(), null);
  }

  private static PublishedRound sealed(long round) throws MalformedRecordException {
    RoundRecord record =
        RoundRecord.newBuilder()
            .setContract("c")
            .setTermsHash(Hash.ZERO.toAvro())
            .setRound(round)
            .setMethod("mean")
            .setParticipants(List.of())
            .setLeftOut(List.of())
            .setClosedBy("all-live")
            .setBaseHash(Hash.ZERO.toAvro())
            .setModelHash(Hash.ZERO.toAvro())
            .setParameterCount(2)
            .setChunkCount(1)
            .setMeanLoss(0)
            .setIterations(0)
            .setGap(0)
            .setOpenedAtMs(0)
            .setClosedAtMs(0)
            .build();
    return PublishedRound.of(WireFormat.ROUND_RECORD.encode(record));
  }
}
