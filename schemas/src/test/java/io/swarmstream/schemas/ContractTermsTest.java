package io.swarmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.wire.GoldenRecord;
import io.swarmstream.schemas.wire.Topic;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTermsTest {
  private static final ContractTerms TERMS = GoldenRecord.TERMS;

  static Stream<String> fields() {
    return Arrays.stream(ContractTerms.class.getRecordComponents())
        .map(RecordComponent::getName)
        .filter(name -> !name.equals("encodingShare")); // belongs to one encoding only
  }

  @ParameterizedTest
  @MethodSource("fields")
  void haveAnotherHashWhenOneFieldDiffers(String field) throws ReflectiveOperationException {
    assertThat(changed(field).hash()).isNotEqualTo(TERMS.hash());
  }

  @ParameterizedTest
  @MethodSource("fields")
  void haveAnotherHashWhenOneFieldDiffersUnderBlake3(String field)
      throws ReflectiveOperationException {
    ContractTerms terms = TERMS.withPayloadHash(PayloadHash.BLAKE3);

    assertThat(changed(terms, field).hash()).isNotEqualTo(terms.hash());
  }

  @Test
  void haveTheSameHashWhenNothingDiffers() throws ReflectiveOperationException {
    assertThat(changed("nothing").hash()).isEqualTo(TERMS.hash());
  }

  @Test
  void haveAHashOfTheirOwnOnceTheyNameAPayloadHash() {
    ContractTerms blake3 = TERMS.withPayloadHash(PayloadHash.BLAKE3);

    assertThat(blake3.hash()).isNotEqualTo(TERMS.hash());
    assertThat(blake3.withPayloadHash(PayloadHash.SHA_256).hash()).isEqualTo(TERMS.hash());
    assertThat(blake3.hash().hex())
        .isEqualTo("0dba5ff863d29ad8b3d28b1643db4c49fc4a5e116bcb4b8758934d26a336c70e");
  }

  @Test
  @SuppressWarnings("NullAway") // Flink passes null for a field that the state lacks
  void haveSha256WhenASavepointDoesNotSay() {
    ContractTerms old =
        new ContractTerms(
            TERMS.contract(),
            TERMS.network(),
            TERMS.method(),
            TERMS.minPeers(),
            TERMS.gracePeriodMs(),
            TERMS.parameterCount(),
            TERMS.chunkValues(),
            TERMS.encoding(),
            TERMS.adaptiveInterval(),
            TERMS.layoutHash(),
            null,
            null,
            0,
            null,
            null);

    assertThat(old).isEqualTo(TERMS);
  }

  @Test
  void haveAHashOfTheirOwnOnceTheyNameAnOptimizer() {
    ContractTerms adam = TERMS.withOptimizer(Optimizer.of("adam"));

    assertThat(adam.hash()).isNotEqualTo(TERMS.hash());
    assertThat(adam.withLimits(new Limits("share=1/2")).hash()).isNotEqualTo(adam.hash());
    assertThat(adam.withOptimizer(Optimizer.NONE).hash()).isEqualTo(TERMS.hash());
    assertThat(adam.hash().hex())
        .isEqualTo("b27566de78235e0158a0931976ff7bd00b38f615655ac7474600ae7ec9dcdc41");
  }

  @Test
  void haveAHashOfTheirOwnOnceTheyNamePrivacy() {
    ContractTerms noisy = TERMS.withPrivacy(Privacy.of("dp(clip=1,noise=1.1)"));

    assertThat(noisy.hash()).isNotEqualTo(TERMS.hash());
    assertThat(noisy.hash()).isNotEqualTo(TERMS.withPrivacy(Privacy.of("masked")).hash());
    assertThat(noisy.withOptimizer(Optimizer.of("adam")).hash()).isNotEqualTo(noisy.hash());
    assertThat(noisy.withPrivacy(Privacy.NONE).hash()).isEqualTo(TERMS.hash());
    assertThat(noisy.hash().hex())
        .isEqualTo("68fb5927c2b20f1de7cdb5ddc5619f343e5b4094fc037aefd4af789ad60745b9");
  }

  @Test
  void madeTodayHaveBlake3() {
    ContractTerms terms =
        new ContractTerms("a", "n", "mean", 1, 0, 1, 1, DeltaEncoding.FLOAT32, TERMS.layoutHash());

    assertThat(terms.payloadHash()).isEqualTo(PayloadHash.BLAKE3);
  }

  /** Contracts of before the field was there keep their hash. */
  @Test
  void haveAHashOfTheirOwnOnceTheyAreAdaptive() {
    ContractTerms adaptive = TERMS.withAdaptiveInterval(64);

    assertThat(adaptive.isAdaptive()).isTrue();
    assertThat(adaptive.hash()).isNotEqualTo(TERMS.hash());
    assertThat(adaptive.hash()).isNotEqualTo(TERMS.withAdaptiveInterval(65).hash());
    assertThat(adaptive.withAdaptiveInterval(0).hash()).isEqualTo(TERMS.hash());
  }

  @Test
  void haveAHashOfTheirOwnOnceTheyHaveLimits() {
    ContractTerms limited = TERMS.withLimits(new Limits("share=1/2"));

    assertThat(limited.hash()).isNotEqualTo(TERMS.hash());
    assertThat(limited.withAdaptiveInterval(64).hash()).isNotEqualTo(limited.hash());
    assertThat(limited.withLimits(Limits.NONE).hash()).isEqualTo(TERMS.hash());
    // What was signed before there were limits.
    assertThat(TERMS.hash().hex())
        .isEqualTo("4d23017865492f38ae80fa7d8b1e9629f8bb2935eae0dd2c387daeda3b275962");
    assertThat(TERMS.withAdaptiveInterval(64).hash().hex())
        .isEqualTo("e7723962b07b83fbd8a02e037ab5252deee1e671f585f043e84348753041d0bd");
  }

  @Test
  void haveAHashForEachShareOfValuesThatAreSent() {
    assertThat(encoded("topk:1").hash()).isNotEqualTo(TERMS.hash());
    assertThat(encoded("topk:1").hash()).isNotEqualTo(encoded("topk:0.5").hash());
    assertThat(encoded("topk:1").withAdaptiveInterval(64).deltaEncoding().code())
        .isEqualTo("topk:1");
    assertThat(encoded("topk:1").withLimits(new Limits("norm=2")).deltaEncoding().code())
        .isEqualTo("topk:1");
  }

  /** The largest values of a model are no model. */
  @Test
  void sendAllValuesOfAModel() {
    ContractTerms sparse = encoded("topk:20");

    assertThat(sparse.deltaEncoding(0)).isEqualTo(DeltaEncoding.FLOAT32);
    assertThat(sparse.deltaEncoding(1)).isEqualTo(DeltaEncoding.topk(2_000));
    assertThat(sparse.payloadBytes(0)).isEqualTo(40);
    assertThat(sparse.payloadBytes(1)).isEqualTo(11 + 11 + 11);
    assertThat(encoded("int4").deltaEncoding(0)).isEqualTo(DeltaEncoding.INT4);
  }

  private static ContractTerms encoded(String encoding) {
    return new ContractTerms(
        TERMS.contract(),
        TERMS.network(),
        TERMS.method(),
        TERMS.minPeers(),
        TERMS.gracePeriodMs(),
        TERMS.parameterCount(),
        TERMS.chunkValues(),
        DeltaEncoding.named(encoding),
        TERMS.layoutHash());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, ContractTerms.MAX_ADAPTIVE_INTERVAL + 1, Integer.MAX_VALUE})
  void refuseAnIntervalThatIsNone(int interval) {
    assertThatThrownBy(() -> TERMS.withAdaptiveInterval(interval))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("adaptiveInterval is " + interval)
        .hasMessageContaining("1 to 1000000 mini-batches, or 0");
  }

  @Test
  void takeALayoutHashInCapitalsForTheSame() {
    ContractTerms loud =
        new ContractTerms(
            "a",
            "n",
            "mean",
            1,
            0,
            1,
            1,
            DeltaEncoding.FLOAT32,
            TERMS.layoutHash().toUpperCase(java.util.Locale.ROOT));

    assertThat(loud.layoutHash()).isEqualTo(TERMS.layoutHash());
  }

  @Test
  void cutTheModel() {
    assertThat(TERMS.chunks()).isEqualTo(new ChunkLayout(10, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 10, 4, minPeers is 0; a round needs at least 1 site",
    "-3, 0, 10, 4, minPeers is -3",
    "1, -1, 10, 4, gracePeriodMs is -1; it may not be negative",
    "1, 0, 0, 4, parameterCount is 0",
    "1, 0, 10, 0, chunkValues is 0",
  })
  void refuseNumbersThatMakeNoRound(
      int minPeers, long grace, long parameters, int chunkValues, String message) {
    assertThatThrownBy(
            () ->
                new ContractTerms(
                    "a",
                    "n",
                    "mean",
                    minPeers,
                    grace,
                    parameters,
                    chunkValues,
                    DeltaEncoding.FLOAT32,
                    TERMS.layoutHash()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "0x12"})
  void refuseALayoutHashThatIsNone(String hash) {
    assertThatThrownBy(
            () -> new ContractTerms("a", "n", "mean", 1, 0, 1, 1, DeltaEncoding.FLOAT32, hash))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + hash + "\" is no hash")
        .hasMessageContaining("64 hex digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "-a", "_a", "a b", "a/b", "a\n", "é", "a:b"})
  void refuseANameThatKafkaWouldNotTake(String name) {
    assertThatThrownBy(() -> ContractTerms.checkName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + name.replaceAll("\\p{Cntrl}", "?") + "\"");
  }

  @Test
  void takeANameThatLeavesRoomForTheTopicsSuffix() {
    String longest = "a".repeat(200);

    assertThat(ContractTerms.checkName(longest)).isEqualTo(longest);
    assertThatThrownBy(() -> ContractTerms.checkName(longest + "a"))
        .hasMessageContaining("at most 200 characters");
    // Kafka's limit.
    assertThat(Topic.values()).allMatch(topic -> topic.of(longest).length() <= 249);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "Retina-2026_v1.final"})
  void takeUsualNames(String name) {
    assertThat(ContractTerms.checkName(name)).isEqualTo(name);
  }

  private static ContractTerms changed(String field) throws ReflectiveOperationException {
    return changed(TERMS, field);
  }

  private static ContractTerms changed(ContractTerms terms, String field)
      throws ReflectiveOperationException {
    RecordComponent[] components = ContractTerms.class.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      Object value = components[i].getAccessor().invoke(terms);
      values[i] = components[i].getName().equals(field) ? other(value) : value;
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return ContractTerms.class.getDeclaredConstructor(types).newInstance(values);
  }

  private static Object other(Object value) {
    if (value instanceof Integer number) {
      return number + 1;
    } else if (value instanceof Long number) {
      return number + 1;
    } else if (value instanceof Encoding) {
      return Encoding.INT8;
    } else if (value instanceof Limits) {
      return new Limits("norm=2");
    } else if (value instanceof Optimizer) {
      return Optimizer.of("momentum");
    } else if (value instanceof Privacy) {
      return Privacy.of("masked");
    } else if (value instanceof PayloadHash hash) {
      return hash == PayloadHash.BLAKE3 ? PayloadHash.SHA_256 : PayloadHash.BLAKE3;
    }
    String text = (String) value;
    return text.length() == 64 ? Hash.ZERO.hex() : text + "x";
  }
}
