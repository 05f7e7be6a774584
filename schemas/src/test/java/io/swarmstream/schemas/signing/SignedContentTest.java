package io.swarmstream.schemas.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.Hash32;
import io.swarmstream.schemas.avro.SiteEvent;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.contribution.SiteEvents;
import io.swarmstream.schemas.wire.GoldenRecord;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignedContentTest {
  /** What differs between the chunks of a contribution; the signed Merkle root answers for it. */
  private static final Set<String> OF_ONE_CHUNK =
      Set.of("chunkIndex", "merkleProof", "chunkHash", "payload");

  static Stream<String> signedFieldsOfAChunk() {
    return names(DeltaChunk.getClassSchema())
        .filter(name -> !OF_ONE_CHUNK.contains(name))
        .filter(name -> !name.equals("signature") && !name.equals("header"));
  }

  static Stream<String> fieldsOfAHeader() {
    return names(ContributionHeader.getClassSchema());
  }

  static Stream<String> signedFieldsOfAnEvent() {
    return names(SiteEvent.getClassSchema()).filter(name -> !name.equals("signature"));
  }

  @ParameterizedTest
  @MethodSource("signedFieldsOfAChunk")
  void aChunksSignatureCovers(String field) {
    DeltaChunk changed = chunk();
    changed.put(field, other(changed.get(field)));

    assertThat(SignedContent.of(changed)).isNotEqualTo(SignedContent.of(chunk()));
  }

  @ParameterizedTest
  @MethodSource("signedFieldsOfAChunk")
  void aBlake3ChunksSignatureCovers(String field) {
    DeltaChunk chunk = GoldenRecord.deltaChunk(GoldenRecord.BLAKE3_TERMS).value();
    DeltaChunk changed = DeltaChunk.newBuilder(chunk).build();
    changed.put(field, other(changed.get(field)));

    assertThat(SignedContent.of(changed)).isNotEqualTo(SignedContent.of(chunk));
  }

  /** What was signed before contributions named their payload hash. */
  @Test
  void aSha256ChunksSignatureIsAsItWas() {
    assertThat(SignedContent.of(chunk()).hex())
        .isEqualTo("29bf8af3dd564018fa1e9ac7d644cf9442d8a3705cd837cbb553c840e312f640");
  }

  @ParameterizedTest
  @MethodSource("fieldsOfAHeader")
  void aChunksSignatureCoversInTheHeader(String field) {
    DeltaChunk changed = chunk();
    ContributionHeader header = changed.getHeader();
    header.put(field, other(header.get(field)));

    assertThat(SignedContent.of(changed)).isNotEqualTo(SignedContent.of(chunk()));
  }

  @ParameterizedTest
  @MethodSource("signedFieldsOfAnEvent")
  void anEventsSignatureCovers(String field) {
    SiteEvent changed = event();
    changed.put(field, other(changed.get(field)));

    assertThat(SignedContent.of(changed)).isNotEqualTo(SignedContent.of(event()));
  }

  @Test
  void oneSignatureServesAllChunks() {
    Contribution contribution = GoldenRecord.contribution();

    assertThat(List.of(0, 1, 2).stream().map(contribution::chunk).map(SignedContent::of).distinct())
        .hasSize(1);
    assertThat(List.of(0, 1, 2).stream().map(contribution::chunk).map(DeltaChunk::getSignature))
        .containsOnly(contribution.chunk(0).getSignature());
  }

  @Test
  void anUnknownMetricIsOneValueHoweverItsNaNIsWritten() {
    DeltaChunk changed = chunk();
    changed.getHeader().put("metric", Double.longBitsToDouble(0x7ff8_0000_0000_0001L));

    assertThat(SignedContent.of(changed)).isEqualTo(SignedContent.of(chunk()));
  }

  @Test
  void textCannotMoveFromOneFieldToTheNext() {
    SiteEvent one = event();
    one.put("site", "ab");
    one.put("kind", "c");
    SiteEvent two = event();
    two.put("site", "a");
    two.put("kind", "bc");

    assertThat(SignedContent.of(one)).isNotEqualTo(SignedContent.of(two));
  }

  private static DeltaChunk chunk() {
    return DeltaChunk.newBuilder(GoldenRecord.deltaChunk().value()).build();
  }

  private static SiteEvent event() {
    return SiteEvents.sign(GoldenRecord.KEY, GoldenRecord.TERMS, SiteEvents.LEFT, 5);
  }

  private static Stream<String> names(Schema schema) {
    return schema.getFields().stream().map(Schema.Field::name);
  }

  private static Object other(Object value) {
    if (value instanceof Integer number) {
      return number + 1;
    } else if (value instanceof Long number) {
      return number + 1;
    } else if (value instanceof Double number) {
      return number.isNaN() ? 1.0 : number + 1;
    } else if (value instanceof String text) {
      return text + "x";
    } else if (value instanceof Hash32 hash) {
      byte[] bytes = hash.bytes().clone();
      bytes[31] ^= 1;
      return new Hash32(bytes);
    } else if (value instanceof ByteBuffer) {
      return ByteBuffer.wrap(new byte[] {1});
    }
    throw new AssertionError("a field of a new type, " + value + ": say here how to change it");
  }
}
