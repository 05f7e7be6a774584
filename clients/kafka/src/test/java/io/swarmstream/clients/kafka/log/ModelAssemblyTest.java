package io.swarmstream.clients.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.testkit.RoundSamples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelAssemblyTest {
  private static final ContractTerms TERMS = RoundSamples.terms("demo");

  private final RoundSamples samples = new RoundSamples("demo");
  private final List<Integer> delivered = new ArrayList<>();
  private final ModelAssembly assembly =
      new ModelAssembly(
          samples.record(5), TERMS, (chunk, offset, payload) -> delivered.add(chunk), null);

  @Test
  void isCompleteWithEachChunkOnceInAnyOrder() {
    assembly.accept(samples.chunk(5, 2));
    assembly.accept(samples.chunk(5, 0));
    assembly.accept(samples.chunk(5, 2));
    assertThat(assembly.isComplete()).isFalse();
    assembly.accept(samples.chunk(5, 1));
    assertThat(assembly.isComplete()).isTrue();
    assembly.prove();
    assertThat(delivered).containsExactly(2, 0, 1);
  }

  @Test
  void passesOverEarlierRounds() {
    assembly.accept(samples.chunk(4, 0));
    assertThat(delivered).isEmpty();
  }

  @Test
  void namesTheLaterRoundThatReplacedAChunk() {
    assembly.accept(samples.chunk(5, 0));
    assembly.accept(samples.chunk(6, 0));
    assertThatThrownBy(() -> assembly.accept(samples.chunk(6, 1)))
        .isInstanceOfSatisfying(
            SupersededRoundException.class, e -> assertThat(e.laterRound()).isEqualTo(6))
        .hasMessageContaining("round 5: chunk 1");
  }

  @Test
  void findsAChunkThatIsNotWhatItsHashSays() {
    byte[] payload = new byte[16];
    assertThatThrownBy(() -> assembly.accept(samples.chunk(5, 1, payload, Hash.ZERO)))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("model of round 5 of demo: chunk 1 hashes to");
    assertThat(delivered).isEmpty();
  }

  @Test
  void findsAChunkOfTheWrongLength() {
    byte[] payload = new byte[12];
    assertThatThrownBy(
            () ->
                assembly.accept(
                    samples.chunk(5, 1, payload, RoundSamples.PAYLOAD_HASH.leaf(payload))))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("chunk 1 has 12 bytes, not 16");
  }

  @Test
  void findsAWholeThatIsNotWhatTheRecordNames() {
    byte[] other = new byte[16];
    assembly.accept(samples.chunk(5, 0));
    assembly.accept(samples.chunk(5, 1, other, RoundSamples.PAYLOAD_HASH.leaf(other)));
    assembly.accept(samples.chunk(5, 2));
    assertThatThrownBy(assembly::prove)
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("Merkle root")
        .hasMessageContaining(Hash.of(samples.record(5).getModelHash()).hex());
  }

  @Test
  void namesTheMissingChunks() {
    assembly.accept(samples.chunk(5, 1));
    assertThat(assembly.missing()).isEqualTo("2 of 3 chunks are missing: [0, 2]");
  }

  @Test
  void refusesARecordOfAnotherLayout() {
    ContractTerms other =
        new ContractTerms(
            "demo",
            TERMS.network(),
            "mean",
            2,
            1_000,
            10,
            5,
            TERMS.deltaEncoding(),
            TERMS.layoutHash());
    assertThatThrownBy(
            () -> new ModelAssembly(samples.record(5), other, (chunk, offset, payload) -> {}, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10 parameters in 3 chunks, the contract's layout has 10 in 2");
  }

  @Test
  void refusesARecordOfAnotherPayloadHash() {
    ContractTerms other = TERMS.withPayloadHash(PayloadHash.SHA_256);

    assertThatThrownBy(
            () -> new ModelAssembly(samples.record(5), other, (chunk, offset, payload) -> {}, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hashed by blake3, the contract's terms say by sha-256");
  }

  @Test
  void findsAChunkOfAnotherPayloadHash() {
    ModelChunk other =
        ModelChunk.newBuilder(samples.chunk(5, 1))
            .setPayloadHash(PayloadHash.SHA_256.code())
            .build();

    assertThatThrownBy(() -> assembly.accept(other))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("chunk 1 is hashed by sha-256, not by blake3");
  }
}
