package io.swarmstream.site.node;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of the swarm are there, as seen from a site.
 *
 * @param parts chain, kafka and job
 * @param anchors of each contract that has a session
 */
public record SwarmHealth(List<Part> parts, Map<String, Anchors> anchors) {
  static final SwarmHealth UNKNOWN =
      new SwarmHealth(
          List.of(Part.unknown("chain"), Part.unknown("kafka"), Part.unknown("job")), Map.of());

  /**
   * A part of the swarm.
   *
   * @param state unknown, up or down; of the job, up: nothing is known against it
   * @param since when it began
   * @param problem null unless it is down
   */
  public record Part(String name, String state, Instant since, @Nullable String problem) {
    static Part unknown(String name) {
      return new Part(name, "unknown", Instant.now(), null);
    }

    public boolean isUp() {
      return state.equals("up");
    }

    public boolean isDown() {
      return state.equals("down");
    }

    /** The same part a little later. */
    Part now(Optional<String> newProblem) {
      String next = newProblem.isPresent() ? "down" : "up";
      return new Part(
          name, next, next.equals(state) ? since : Instant.now(), newProblem.orElse(null));
    }
  }

  /**
   * What of a contract's known rounds is on the chain.
   *
   * @param anchored the newest round that is; -1: none
   * @param pending how many sealed rounds are not
   * @param since when the first of them was seen to be pending, or the newest was anchored
   */
  public record Anchors(long anchored, long pending, Instant since) {
    static Anchors of(long sealed, long anchored, @Nullable Anchors before) {
      long pending = Math.max(0, sealed - anchored);
      boolean goesOn = before == null || before.anchored() != anchored || before.pending() == 0;
      return new Anchors(
          anchored, pending, goesOn || before == null ? Instant.now() : before.since());
    }
  }

  static SwarmHealth of(Part chain, Part kafka, Part job, Map<String, Anchors> anchors) {
    return new SwarmHealth(List.of(chain, kafka, job), Map.copyOf(anchors));
  }

  Part part(String name) {
    return parts.stream().filter(part -> part.name().equals(name)).findFirst().orElseThrow();
  }
}
