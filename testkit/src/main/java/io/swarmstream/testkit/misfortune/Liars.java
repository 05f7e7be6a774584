package io.swarmstream.testkit.misfortune;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.Spoiled;
import io.swarmstream.testkit.TestContract;
import io.swarmstream.testkit.TestSite;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Creates the records of {@link Lie}s. */
final class Liars {
  private final TestContract contract;

  Liars(TestContract contract) {
    this.contract = contract;
  }

  /**
   * Creates one bad record for the round.
   *
   * @param detail selects one of the ways to tell the lie
   */
  byte[] tell(Lie lie, int site, long round, Hash base, int detail) {
    int chunkCount = contract.terms().chunks().chunkCount();
    DeltaChunk honest = chunk(contract, site, round, base, detail % chunkCount);
    return switch (lie) {
      case CHANGED_AFTER_SIGNING ->
          encode(DeltaChunk.newBuilder(honest).setHeader(TestContract.header(77)).build());
      case STOLEN_NAME ->
          encode(
              DeltaChunk.newBuilder(honest)
                  .setSite(contract.site((site + 1) % contract.sites().size()).address())
                  .build());
      case WRONG_BASE -> encode(chunk(contract, site, round, Hash.sha256(), detail % chunkCount));
      case NOT_A_NUMBER -> encode(Spoiled.withValues(contract, site, round, base, Float.NaN));
      case INFINITE ->
          encode(Spoiled.withValues(contract, site, round, base, Float.NEGATIVE_INFINITY));
      case ALTERED_PAYLOAD -> {
        byte[] payload = honest.getPayload().array().clone();
        payload[detail % payload.length] ^= 1;
        yield encode(DeltaChunk.newBuilder(honest).setPayload(ByteBuffer.wrap(payload)).build());
      }
      case WRONG_CHUNK ->
          encode(
              DeltaChunk.newBuilder(honest)
                  .setChunkIndex((honest.getChunkIndex() + 1) % (chunkCount + 1))
                  .build());
      case FUTURE_ROUND ->
          encode(chunk(contract, site, round + 1 + detail % 5, Hash.sha256(), detail % chunkCount));
      case HUGE_WEIGHT ->
          encode(
              contract
                  .contribution(
                      site,
                      round,
                      base,
                      TestContract.header(TestContract.MAX_WEIGHT + 1 + detail),
                      values(contract, -1))
                  .chunk(detail % chunkCount));
      case STRANGER -> {
        List<TestSite> sites = new ArrayList<>(contract.sites());
        sites.set(site, TestSite.seeded(1_000 + detail));
        yield encode(
            chunk(
                new TestContract(contract.terms(), sites), site, round, base, detail % chunkCount));
      }
      case ANOTHER_CONTRACT ->
          encode(
              chunk(
                  TestContract.of("d", "mean", contract.sites().size(), 1, 1),
                  site,
                  round,
                  base,
                  0));
      case GARBAGE -> "garbage ".repeat(detail % 50).getBytes(UTF_8);
      case CUT_OFF -> {
        byte[] bytes = encode(honest);
        yield Arrays.copyOf(bytes, detail % bytes.length);
      }
      case COPIES -> throw new IllegalArgumentException("copies are made of what was sent");
    };
  }

  private static DeltaChunk chunk(
      TestContract contract, int site, long round, Hash base, int chunk) {
    return contract.contribution(site, round, base, values(contract, 1)).chunk(chunk);
  }

  /** Values that differ so much that no two chunks are equal, even in an encoding of few bits. */
  private static float[] values(TestContract contract, float factor) {
    float[] values = contract.constant(0);
    for (int i = 0; i < values.length; i++) {
      values[i] = factor * 1_000_000 * (1 + i);
    }
    return values;
  }

  private static byte[] encode(DeltaChunk chunk) {
    return WireFormat.DELTA_CHUNK.encode(chunk);
  }
}
