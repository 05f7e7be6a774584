package io.swarmstream.operators.golden;

import io.swarmstream.operators.coordination.RoundState;
import io.swarmstream.operators.rig.GraphRig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A checkpoint of the whole graph in committed files. */
record GoldenState(Path folder, String name) {
  /** What the version before the first refactoring of these operators wrote. */
  static final Path FOLDER = Path.of("src/test/resources/golden/state");

  /** State of operators in the middle of a {@link ClosingRound}. */
  static final Path CLOSING = FOLDER.resolve("closing.state.gz");

  /** What it all comes to: model hashes of {@link GoldenRounds}, and the {@link ClosingRound}. */
  static final Path EXPECTED = FOLDER.resolve("expected.txt");

  /** All that are committed. */
  static List<GoldenState> all() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.startsWith("moment-") && file.endsWith(".state.gz"))
          .map(file -> new GoldenState(FOLDER, file.substring(0, file.indexOf('.'))))
          .sorted((one, other) -> one.name().compareTo(other.name()))
          .toList();
    }
  }

  /** Hashes, hex, by what they are of. */
  static Map<String, String> expected() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (String line : Files.readAllLines(EXPECTED, StandardCharsets.UTF_8)) {
      int end = line.lastIndexOf(' ');
      expected.put(line.substring(0, end), line.substring(end + 1));
    }
    return expected;
  }

  Path state() {
    return folder.resolve(name + ".state.gz");
  }

  Path log() {
    return folder.resolve(name + ".log.gz");
  }

  GraphRig restore(long seed, int parallelism) throws Exception {
    return GraphRig.restored(seed, parallelism, state(), log(), GoldenRounds.events());
  }

  /** Which states hold something: uid, slash, name; and which phases rounds are in. */
  static Set<String> held(Map<String, Map<String, List<Object>>> states) {
    Set<String> held = new TreeSet<>();
    states.forEach(
        (uid, byName) ->
            byName.forEach(
                (state, values) -> {
                  if (!values.isEmpty()) {
                    held.add(uid + "/" + state);
                  }
                  for (Object value : values) {
                    if (value instanceof RoundState round) {
                      held.add("phase " + round.phase());
                    }
                  }
                }));
    return held;
  }

  @Override
  public String toString() {
    return name;
  }
}
