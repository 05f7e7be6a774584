package io.swarmstream.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Distinguishes a chain's first block from that of every other chain. The hash of that block is
 * part of the network's name.
 *
 * <p>Anvil creates the block anew at each start, from the time and the gas limit. Two chains
 * started in the same second therefore have the same block, and a chain restarted from its file has
 * several, any of which anvil may report as block 0. So a chain always restarts with the values of
 * its first start, and its gas limit is random.
 *
 * @param timestamp Unix seconds
 * @param gasLimit gas limit of a block
 */
record Genesis(long timestamp, long gasLimit) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long LEAST_GAS = 30_000_000;
  private static final int MORE_GAS = 1 << 24;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Pattern TEXT = Pattern.compile("timestamp (\\d+)\\ngasLimit (\\d+)\\n");

  /** Returns the genesis of a new chain. */
  static Genesis fresh() {
    return new Genesis(Instant.now().getEpochSecond(), LEAST_GAS + RANDOM.nextInt(MORE_GAS));
  }

  /**
   * Returns the genesis of the chain in a state file. If the file does not exist yet, creates a
   * fresh genesis and writes it beside the file.
   *
   * @throws IllegalStateException when the file comes from a build that did not write a genesis
   */
  static Genesis of(Path state) {
    Path file = state.resolveSibling(state.getFileName() + ".genesis");
    try {
      if (!Files.exists(state)) {
        Genesis fresh = fresh();
        Files.deleteIfExists(file);
        Files.createFile(file, OWNER_ONLY);
        Files.writeString(file, fresh.text());
        return fresh;
      }
      Matcher text = TEXT.matcher(Files.exists(file) ? Files.readString(file) : "");
      if (!text.matches()) {
        throw new IllegalStateException(
            file
                + " does not say how the chain in "
                + state.getFileName()
                + " began: an earlier build made it, and signatures for it hold for every other development chain,"
                + " too. Finish its trainings with that build, or delete the folder and start anew");
      }
      return new Genesis(Long.parseLong(text.group(1)), Long.parseLong(text.group(2)));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read or written", e);
    }
  }

  private String text() {
    return "timestamp " + timestamp + "\ngasLimit " + gasLimit + "\n";
  }

  /** The command-line options for anvil. */
  List<String> options() {
    return List.of("--timestamp", Long.toString(timestamp), "--gas-limit", Long.toString(gasLimit));
  }
}
