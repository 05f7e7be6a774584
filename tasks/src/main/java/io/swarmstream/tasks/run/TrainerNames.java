package io.swarmstream.tasks.run;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names of trainers, as HPE Swarm Learning has them. */
public final class TrainerNames {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RANDOM_BYTES = 4;
  private static final int LONGEST = 60;

  private TrainerNames() {}

  /**
   * A name of the form {@code <group>-<task>-u-<index>-<hex>}, with characters that engines take.
   */
  public static String fresh(TrainerOrder order) {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    return plain(order.group())
        + "-"
        + plain(order.task())
        + "-u-"
        + order.site()
        + "-"
        + HexFormat.of().formatHex(random);
  }

  private static String plain(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9_.-]", "_");
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
  }
}
