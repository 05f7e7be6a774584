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
 * What tells a chain's first block from that of every other chain, whose hash is a part of the
 * network's name.
 *
 * <p>Anvil makes the block anew at each start, from the time and the gas limit: two chains that are
 * started in the same second have the same, and one that is started again from its file has
 * several, of which it names any one as block 0. So a chain is always started with what it was
 * first started with, and the gas limit is a random one.
 *
 * @param timestamp Unix seconds
 * @param gasLimit of a block
 */
record Genesis(long timestamp, long gasLimit) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long LEAST_GAS = 30_000_000;
  private static final int MORE_GAS = 1 << 24;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Pattern TEXT = Pattern.compile("timestamp (\\d+)\\ngasLimit (\\d+)\\n");

  /** That of a chain which nobody has started before. */
  static Genesis fresh() {
    return new Genesis(Instant.now().getEpochSecond(), LEAST_GAS + RANDOM.nextInt(MORE_GAS));
  }

  /**
   * That of the chain in a state file; of one that is not there yet, a fresh one, which is written
   * beside it.
   *
   * @throws IllegalStateException when the file is of a build that did not write it
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

  /** Options of anvil. */
  List<String> options() {
    return List.of("--timestamp", Long.toString(timestamp), "--gas-limit", Long.toString(gasLimit));
  }
}
