package io.swarmstream.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that stores a development chain. The node writes it in place every second, so a test
 * that kills the node first waits until the file contains what must survive.
 */
public final class ChainState {
  private static final Pattern NEWEST = Pattern.compile("\"best_block_number\":(\\d+)");

  /** The end of a complete file. */
  private static final String END = "\"historical_states\":null}";

  private ChainState() {}

  /** The number of the newest block in the file; -1 while the file is incomplete. */
  public static long newestBlock(Path file) throws IOException {
    String state;
    try {
      state = Files.readString(file);
    } catch (NoSuchFileException e) {
      return -1;
    }
    Matcher newest = NEWEST.matcher(state);
    return state.endsWith(END) && newest.find() ? Long.parseLong(newest.group(1)) : -1;
  }
}
