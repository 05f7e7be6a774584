package io.swarmstream.schemas.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.DeltaEncoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever bytes a site sends: they are refused, or they are what the encoder writes for the values
 * that are merged.
 */
class PayloadFuzzTest {
  private static final int TURNS = 5_000;

  @ParameterizedTest
  @ValueSource(strings = {"int4", "topk:20", "topk:3.5", "topk:0.01"})
  void areRefusedOrTheOnlyPayloadOfTheirValues(DeltaEncoding encoding) {
    Long only = Long.getLong("swarm.seed");
    long seed = only == null ? System.nanoTime() : only;
    System.out.println("fuzz of " + encoding.code() + ": -Dswarm.seed=" + seed);
    Random random = new Random(seed);
    int taken = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      byte[] payload = payload(encoding, random);
      String bytes = "seed " + seed + ", turn " + turn;
      int values = encoding.values(payload);
      if (values >= 0 && encoding.flaw(payload).isEmpty()) {
        float[] decoded = encoding.decode(payload);
        assertThat(decoded).as(bytes).hasSize(values);
        assertThat(encoding.encode(decoded)).as(bytes).isEqualTo(payload);
        taken++;
      }
    }
    assertThat(taken).as("payloads without a flaw, seed %d", seed).isBetween(TURNS / 10, TURNS);
  }

  /** A good one, one with a few changes, or nothing but chance. */
  private static byte[] payload(DeltaEncoding encoding, Random random) {
    byte[] payload = encoding.encode(TopKTest.values(random, 1 + random.nextInt(300)));
    switch (random.nextInt(5)) {
      case 0 -> {}
      case 1 -> payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
      case 2 -> {
        for (int change = random.nextInt(4); change >= 0; change--) {
          payload[random.nextInt(payload.length)] = (byte) random.nextInt();
        }
      }
      case 3 -> payload = Arrays.copyOf(payload, random.nextInt(payload.length + 20));
      default -> {
        byte[] chance = new byte[payload.length];
        random.nextBytes(chance);
        if (encoding.isSparse()) {
          // Else its head would never be that of any payload.
          int head = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
          System.arraycopy(payload, 0, chance, 0, head % 2 == 0 ? 8 : 4);
        }
        payload = chance;
      }
    }
    return payload;
  }
}
