package io.swarmstream.site.node.pipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.node.pickle.NumpyArray;
import io.swarmstream.site.node.pickle.NumpyType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that are encoded by {@code pipes.proto}, and what the node reads in them. */
@SuppressWarnings("NullAway.Init")
class FrameTest {
  private static final ProtoFile PROTO = new ProtoFile();

  @TempDir Path folder;

  @Test
  void headersHaveTheirSize() {
    byte[] header = PROTO.header(2, 6, 70_000);

    assertThat(header).hasSize(FrameHeader.BYTES);
    assertThat(FrameHeader.parse(header)).isEqualTo(new FrameHeader(2, 6, 70_000));
    assertThat(FrameHeader.bytes(2, MessageType.SYNC, 70_000)).isEqualTo(header);
    assertThat(FrameHeader.parse(PROTO.header(2, 6, -1)).size()).isEqualTo(0xFFFFFFFFL);
    assertThatThrownBy(() -> FrameHeader.parse(new byte[FrameHeader.BYTES]))
        .isInstanceOf(BadFrameException.class)
        .hasMessageContaining("no header of HPE Swarm Learning's messages");
  }

  @Test
  void readsWhatASessionAsksFor() throws Exception {
    SessionAsked asked =
        SessionAsked.parse(
            PROTO.encode(
                "SessionRequest",
                "syncInterval",
                128,
                "minPeers",
                2,
                "maxPeers",
                0,
                "useAdaptiveSync",
                true,
                "checkinModelOnTrainEnd",
                "inactive",
                "nodeWeightage",
                7,
                "trainingContract",
                "c",
                "mergeMethod",
                "GeoMedian"));

    assertThat(asked)
        .isEqualTo(new SessionAsked(128, 2, true, CheckIn.INACTIVE, 7, "c", "geomedian"));
  }

  @Test
  void readsTheNameOfAPickle() throws Exception {
    SyncAsked asked = sync("inputParams", "trained_weights.pkl");

    assertThat(asked.fileName()).isEqualTo("trained_weights.pkl");
    assertThat(asked.inline()).isEmpty();
    assertThat(List.of(asked.sessionId(), asked.sequence(), asked.nodeWeightage()))
        .containsExactly("pipes-1", 3, 9);
  }

  @Test
  void readsWeightsInAMessage() throws Exception {
    byte[] array =
        PROTO.encode(
            "NDArray",
            "dtype",
            "dtype('float32')",
            "shape",
            List.of(1, 2),
            "data",
            new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40});
    byte[] entry = PROTO.encode("WeightsEntry", "key", "w", "value", array);
    Path file = message("inputParams", PROTO.encode("Weights", "weights", List.of(entry)));

    try (FileChannel channel = FileChannel.open(file)) {
      // As protobuf before proto3 wrote repeated numbers, one by one.
      assertThat(SyncAsked.parse(channel).inline()).isPresent();
    }
  }

  @Test
  void readsPackedShapes() throws Exception {
    byte[] array =
        concat(
            PROTO.encode("NDArray", "dtype", "dtype('>f8')"),
            new byte[] {2 << 3 | 2, 2, 1, 2},
            PROTO.encode("NDArray", "data", new byte[16]));
    byte[] entry = PROTO.encode("WeightsEntry", "key", "w", "value", array);
    Path file = message("inputParams", PROTO.encode("Weights", "weights", List.of(entry)));

    try (FileChannel channel = FileChannel.open(file)) {
      Map<String, NumpyArray> arrays =
          InlineWeights.read(channel, SyncAsked.parse(channel).inline().orElseThrow());
      assertThat(arrays).containsOnlyKeys("w");
      NumpyArray read = arrays.values().iterator().next();
      assertThat(read.shape()).containsExactly(1L, 2L);
      assertThat(read.type()).isEqualTo(NumpyType.FLOAT64);
      assertThat(read.swapped()).isTrue();
    }
  }

  @Test
  void readsWhatAClientSaysOfAModel() throws Exception {
    LossAnswered answer =
        LossAnswered.parse(
            PROTO.encode(
                "LossResponse",
                "status",
                PROTO.encode("Status", "code", 2, "msg", "no"),
                "loss",
                0.5f,
                "metrics",
                0.25f,
                "epochsdone",
                3,
                "totalepochs",
                4));

    assertThat(answer).isEqualTo(new LossAnswered(2, "no", 0.5f, 0.25f, 3, 4));
    assertThat(new LossAnswered(0, "", 0, 0, 0, 0).lossOrNaN()).isNaN();
    assertThat(new LossAnswered(0, "", Float.NaN, 1, 0, 0).lossOrNaN()).isNaN();
  }

  private SyncAsked sync(String field, Object weights) throws IOException {
    try (FileChannel channel = FileChannel.open(message(field, weights))) {
      return SyncAsked.parse(channel);
    }
  }

  private Path message(String field, Object weights) throws IOException {
    return Files.write(
        folder.resolve("message"),
        PROTO.encode(
            "SyncRequest",
            "sessionID",
            "pipes-1",
            "syncSeqNum",
            3,
            "nodeWeightage",
            9,
            "numberOfNodes",
            1,
            field,
            weights));
  }

  private static byte[] concat(byte[]... parts) throws IOException {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.write(part);
    }
    return all.toByteArray();
  }
}
