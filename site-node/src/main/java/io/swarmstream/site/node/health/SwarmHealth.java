package io.swarmstream.site.node.health;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of the swarm answer, as seen from a site.
 *
 * @param parts chain, kafka and job
 * @param anchors of each contract that has a session
 */
public record SwarmHealth(List<Part> parts, Map<String, Anchors> anchors) {
  /** Nothing has been checked yet. */
  static final SwarmHealth UNKNOWN =
      new SwarmHealth(
          List.of(Part.unknown("chain"), Part.unknown("kafka"), Part.unknown("job")), Map.of());

  /** Whether a part answers. */
  public enum State {
    UNKNOWN,
    UP,
    DOWN;

    /** As programs read it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A part of the swarm.
   *
   * @param state of the job: up unless it is known to be silent
   * @param since when the state began
   * @param problem what is wrong; null unless it is down
   */
  public record Part(String name, State state, Instant since, @Nullable String problem) {
    static Part unknown(String name) {
      return new Part(name, State.UNKNOWN, Instant.now(), null);
    }

    public boolean isUp() {
      return state == State.UP;
    }

    public boolean isDown() {
      return state == State.DOWN;
    }

    /** The same part at the next check; empty: nothing is wrong. */
    Part now(Optional<String> newProblem) {
      State next = newProblem.isPresent() ? State.DOWN : State.UP;
      return new Part(name, next, next == state ? since : Instant.now(), newProblem.orElse(null));
    }
  }

  /**
   * How many of a contract's known rounds are on the chain.
   *
   * @param anchored the newest round that is on the chain; -1: none
   * @param pending number of sealed rounds that are not on the chain
   * @param since when the first of those was seen, or, if there is none, the newest was anchored
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
