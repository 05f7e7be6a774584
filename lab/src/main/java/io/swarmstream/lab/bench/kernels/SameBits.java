package io.swarmstream.lab.bench.kernels;

import io.swarmstream.schemas.encoding.FloatCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Merges the same deltas repeatedly, with other orders of the chunks, on one thread and on several.
 * Methods that take the sites in any order also get other orders of the sites.
 */
final class SameBits {
  private static final int ORDERS = 3;

  private final SiteDeltas deltas;
  private final Cores several;

  SameBits(SiteDeltas deltas, Cores several) {
    this.deltas = deltas;
    this.several = several;
  }

  /** All hashes of a kernel's results: exactly one if the kernel keeps its promise. */
  Set<String> hashes(Kernel kernel) throws InterruptedException {
    Set<String> hashes = new HashSet<>();
    try (Cores one = new Cores(1)) {
      for (int seed = 0; seed < ORDERS; seed++) {
        hashes.add(hash(kernel, one, seed));
        hashes.add(hash(kernel, several, seed));
      }
    }
    return hashes;
  }

  private String hash(Kernel kernel, Cores cores, int seed) throws InterruptedException {
    int[] chunks = shuffled(deltas.chunkCount(), seed);
    int[] sites =
        kernel.takesAnyOrder()
            ? shuffled(deltas.sites(), seed)
            : IntStream.range(0, deltas.sites()).toArray();
    int[] weights = kernel.weights(deltas.sites());
    int[] ordered = Arrays.stream(sites).map(site -> weights[site]).toArray();
    float[][] out = deltas.room();
    kernel.merge(deltas.inOrder(sites), ordered, cores, task -> chunks[task], out);
    return hash(out);
  }

  private static int[] shuffled(int count, int seed) {
    List<Integer> order = Arrays.asList(IntStream.range(0, count).boxed().toArray(Integer[]::new));
    Collections.shuffle(order, new Random(seed));
    return order.stream().mapToInt(i -> i).toArray();
  }

  private static String hash(float[][] merged) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (float[] chunk : merged) {
        digest.update(FloatCodec.encode(chunk));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
