package io.swarmstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.SiteEvent;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.MerkleTree;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.signing.SignedContent;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenBytesTest {

  static List<GoldenRecord<?>> records() {
    return GoldenRecord.all();
  }

  @ParameterizedTest
  @MethodSource("records")
  void areWhatTodaysWriterWrites(GoldenRecord<?> golden) {
    assertThat(golden.encoded()).isEqualTo(golden.committedBytes());
  }

  @ParameterizedTest
  @MethodSource("records")
  void areReadIntoTheSameValueToday(GoldenRecord<?> golden) throws Exception {
    GoldenRecord.assertSame(golden.decoded(golden.committedBytes()), golden.value());
  }

  @ParameterizedTest
  @MethodSource("records")
  void haveTheirContentBesideThemAsText(GoldenRecord<?> golden) throws IOException {
    assertThat(golden.jsonFile()).content().isEqualTo(golden.json());
  }

  @Test
  void areThereForEachVersionOfEachKind() throws IOException {
    try (Stream<Path> files = Files.walk(GoldenRecord.FOLDER)) {
      assertThat(files.filter(file -> file.toString().endsWith(".bin")))
          .hasSize(GoldenRecord.all().size());
    }
    assertThat(records().stream().map(golden -> golden.encoded()[2]))
        .containsExactly(
            (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 6, (byte) 3, (byte) 3,
            (byte) 3, (byte) 1, (byte) 2, (byte) 3, (byte) 3, (byte) 3, (byte) 7, (byte) 8,
            (byte) 9, (byte) 10, (byte) 12, (byte) 13, (byte) 7, (byte) 11, (byte) 1, (byte) 3);
    assertThat(records().stream().map(GoldenRecord::version))
        .containsExactly(1, 1, 1, 1, 1, 1, 2, 3, 4, 2, 2, 5, 6, 7, 1, 1, 1, 1, 1, 1, 2, 1, 3, 8);
  }

  static List<GoldenRecord<DeltaChunk>> deltaChunks() {
    return List.of(GoldenRecord.deltaChunk(), GoldenRecord.deltaChunk(GoldenRecord.BLAKE3_TERMS));
  }

  @ParameterizedTest
  @MethodSource("deltaChunks")
  void ofADeltaChunkProveItsSenderAndContent(GoldenRecord<DeltaChunk> golden) throws Exception {
    DeltaChunk chunk = WireFormat.DELTA_CHUNK.decode(golden.committedBytes());
    Hash leaf = PayloadHash.named(chunk.getPayloadHash()).leaf(chunk.getPayload());

    assertThat(SiteKey.signer(SignedContent.of(chunk), AvroBytes.of(chunk.getSignature())))
        .contains(chunk.getSite());
    assertThat(Hash.of(chunk.getChunkHash())).isEqualTo(leaf);
    assertThat(
            MerkleTree.proves(
                leaf,
                chunk.getChunkIndex(),
                chunk.getChunkCount(),
                chunk.getMerkleProof().stream().map(Hash::of).toList(),
                Hash.of(chunk.getMerkleRoot())))
        .isTrue();
  }

  @Test
  void ofTheSiteEventProveItsSender() throws Exception {
    SiteEvent event =
        WireFormat.SITE_EVENT.decode(
            Files.readAllBytes(GoldenRecord.FOLDER.resolve("v1/site-event.bin")));

    assertThat(SiteKey.signer(SignedContent.of(event), AvroBytes.of(event.getSignature())))
        .contains(event.getSite());
  }

  /** The terms' hash and a signature, in numbers that another implementation can check against. */
  @Test
  void comeFromTermsWithAKnownHash() {
    assertThat(GoldenRecord.TERMS.hash().hex())
        .isEqualTo("4d23017865492f38ae80fa7d8b1e9629f8bb2935eae0dd2c387daeda3b275962");
    assertThat(GoldenRecord.KEY.address()).isEqualTo("0x6155fd903ff564d5e485235bb936032e73603bd3");
  }
}
