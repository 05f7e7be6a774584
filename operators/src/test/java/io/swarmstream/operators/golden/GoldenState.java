package io.swarmstream.operators.golden;

import io.swarmstream.operators.coordination.RoundState;
import io.swarmstream.operators.rig.GraphRig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A checkpoint of the whole graph in committed files. */
record GoldenState(Path folder, String name) {
  /**
   * What the version before the first refactoring of these operators wrote; in folders inside, what
   * later versions did that keep more state.
   */
  static final Path FOLDER = Path.of("src/test/resources/golden/state");

  /** The folders of all versions. */
  static List<Path> folders() throws IOException {
    try (var folders = Files.walk(FOLDER)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** State of operators in the middle of a {@link ClosingRound}. */
  static Path closing(Path folder) {
    return folder.resolve("closing.state.gz");
  }

  /** What it all comes to: model hashes of {@link GoldenRounds}, and the {@link ClosingRound}. */
  static Path results(Path folder) {
    return folder.resolve("expected.txt");
  }

  /** All that are committed. */
  static List<GoldenState> all() throws IOException {
    List<GoldenState> all = new ArrayList<>();
    for (Path folder : folders()) {
      try (var files = Files.list(folder)) {
        files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.startsWith("moment-") && file.endsWith(".state.gz"))
            .map(file -> new GoldenState(folder, file.substring(0, file.indexOf('.'))))
            .sorted((one, other) -> one.name().compareTo(other.name()))
            .forEach(all::add);
      }
    }
    return all;
  }

  /** Hashes, hex, by what they are of. */
  static Map<String, String> expected(Path folder) throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (String line : Files.readAllLines(results(folder), StandardCharsets.UTF_8)) {
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

  GoldenContracts contracts() {
    return GoldenContracts.of(folder);
  }

  GraphRig restore(long seed, int parallelism) throws Exception {
    return GraphRig.restored(seed, parallelism, state(), log(), contracts().events());
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
    return folder.getFileName() + "/" + name;
  }
}
