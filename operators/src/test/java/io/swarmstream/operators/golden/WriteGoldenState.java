package io.swarmstream.operators.golden;

import io.swarmstream.operators.rig.GraphRig;
import io.swarmstream.schemas.hashing.Hash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes golden state with the code of today, into a new folder beside what is there; run in the
 * module's folder, with the new folder's name.
 *
 * <p><b>Writing over what is there gives up the state of every job that runs:</b> no savepoint of
 * before will be taken up. A test of golden state that fails says that the code is wrong, not the
 * file. The one good reason to run this is state that no file holds yet.
 */
final class WriteGoldenState {
  private static final int EVERY = 7;
  private static final int PLAYS = 4;
  private static final int CRASHES = 10;

  private WriteGoldenState() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectory(GoldenState.FOLDER.resolve(args[0]));
    Path drafts = Files.createTempDirectory("golden-state");
    List<GoldenState> taken = new ArrayList<>();
    Map<String, String> expected = new TreeMap<>();
    for (int seed = 0; seed < PLAYS; seed++) {
      try (GraphRig rig = new GraphRig(seed)) {
        GoldenRounds rounds = new GoldenRounds(GoldenContracts.NEW, rig, new Random(seed), 0);
        int[] count = {0};
        GoldenRounds.Interruption save =
            () -> {
              if (count[0] % CRASHES == CRASHES - 1) {
                rig.crash(1); // only after one, plans wait for what they name
              }
              if (count[0]++ % EVERY == 0) {
                GoldenState draft = new GoldenState(drafts, "moment-" + taken.size());
                rig.save(draft.state(), draft.log());
                taken.add(draft);
              }
            };
        rounds.begin(save);
        expected.putAll(rounds.play(save));
      }
    }
    keep(taken, folder);
    try (ClosingRound whole = new ClosingRound(GoldenContracts.NEW, null);
        ClosingRound half = new ClosingRound(GoldenContracts.NEW, null)) {
      expected.put("closing record", Hash.sha256(whole.whole()).hex());
      half.firstHalf(whole);
      half.save(GoldenState.closing(folder));
    }
    StringBuilder text = new StringBuilder();
    expected.forEach((what, hash) -> text.append(what).append(' ').append(hash).append('\n'));
    Files.writeString(GoldenState.results(folder), text, StandardCharsets.UTF_8);
    for (GoldenState draft : taken) {
      Files.delete(draft.state());
      Files.delete(draft.log());
    }
    Files.delete(drafts);
  }

  /** Copies the fewest that together hold all that any of them does. */
  private static void keep(List<GoldenState> taken, Path folder) throws Exception {
    Map<GoldenState, Set<String>> held = new TreeMap<>(Comparator.comparing(GoldenState::name));
    for (GoldenState draft : taken) {
      try (GraphRig rig = draft.restore(0, 1)) {
        held.put(draft, GoldenState.held(rig.keyedStates()));
      }
    }
    Set<String> missing = new TreeSet<>();
    held.values().forEach(missing::addAll);
    for (int kept = 0; !missing.isEmpty(); kept++) {
      GoldenState best =
          held.entrySet().stream()
              .max(Comparator.comparing(entry -> intersection(entry.getValue(), missing)))
              .orElseThrow()
              .getKey();
      missing.removeAll(held.get(best));
      GoldenState golden = new GoldenState(folder, "moment-" + kept);
      Files.copy(best.state(), golden.state());
      Files.copy(best.log(), golden.log());
    }
  }

  private static int intersection(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.retainAll(other);
    return both.size();
  }
}
