package io.swarmstream.schemas.encoding;

import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ChunkLayout;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** How fast a chunk is encoded, looked through, decoded and hashed, in GB of float32 a second. */
final class EncodingMeasurement {
  private static final int TURNS = 2_000;

  /** Takes the results, so that none of the work is left out. */
  private static long sink;

  private EncodingMeasurement() {}

  public static void main(String[] args) {
    // Of sizes as deltas have them: of float16 some are subnormal.
    float[] values = new float[ChunkLayout.MAX_CHUNK_VALUES];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (1e-3 * random.nextGaussian());
    }
    System.out.printf(
        "%-10s %8s %8s %8s %8s %8s%n", "", "encode", "look", "decode", "blake3", "sha-256");
    for (String code : List.of("float32", "float16", "bfloat16", "int8", "int4", "topk:1")) {
      DeltaEncoding encoding = DeltaEncoding.named(code);
      byte[] payload = encoding.encode(values);
      System.out.printf(
          Locale.ROOT,
          "%-10s %8.2f %8.2f %8.2f %8.2f %8.2f%n",
          encoding.code(),
          speed(() -> sink += encoding.encode(values)[5]),
          speed(() -> sink += encoding.flaw(payload).isPresent() ? 1 : 0),
          speed(() -> sink += Float.floatToRawIntBits(encoding.decode(payload)[5])),
          speed(() -> sink += PayloadHash.BLAKE3.leaf(payload).bytes()[0]),
          speed(() -> sink += PayloadHash.SHA_256.leaf(payload).bytes()[0]));
    }
    if (sink == 42) {
      System.out.println();
    }
  }

  /** The least of many turns: another process can only make one longer. */
  private static double speed(Runnable work) {
    long least = Long.MAX_VALUE;
    for (int turn = 0; turn < TURNS; turn++) {
      long began = System.nanoTime();
      work.run();
      least = Math.min(least, System.nanoTime() - began);
    }
    return (double) ChunkLayout.MAX_CHUNK_VALUES * Float.BYTES / least;
  }
}
