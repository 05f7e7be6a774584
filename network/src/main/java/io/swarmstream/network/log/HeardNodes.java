package io.swarmstream.network.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swarmstream.clients.network.NodeInfo;
import io.swarmstream.clients.network.TrainingProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which programs were heard, and when. Safe for use by many threads. */
public final class HeardNodes {
  /** How often programs say that they run. */
  public static final Duration INTERVAL = Duration.ofSeconds(10);

  /** A program that was not heard for this long is not alive. */
  static final Duration ALIVE = INTERVAL.multipliedBy(3);

  /** A program that was not heard for this long is forgotten. */
  private static final Duration KNOWN = Duration.ofDays(1);

  private final InstantSource clock;
  private final Map<String, Known> nodes = new ConcurrentHashMap<>();

  private record Known(Heartbeat heartbeat, Instant since, Instant last) {}

  /**
   * One heartbeat, as network nodes tell it each other.
   *
   * @param type SN, SL or SWOP
   * @param parent UUID of the network node that heard it; null for one that speaks for itself
   * @param trainings of a site; null for other programs, and for those of earlier versions
   * @param ended true: the last one of a program that was stopped; null as a rule
   */
  public record Heartbeat(
      @JsonProperty("type") String type,
      @JsonProperty("member") String member,
      @JsonProperty("organisation") String organisation,
      @JsonProperty("address") String address,
      @JsonProperty("version") String version,
      @JsonProperty("uuid") String uuid,
      @JsonProperty("parent") @Nullable String parent,
      @JsonProperty("atMs") long atMs,
      @JsonProperty("trainings") @Nullable List<TrainingProgress> trainings,
      @JsonProperty("ended") @Nullable Boolean ended) {
    boolean isLast() {
      return Boolean.TRUE.equals(ended);
    }
  }

  /** A site's progress, and when its node said so. */
  public record Said(TrainingProgress progress, Instant at) {}

  public HeardNodes(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Enters a heartbeat; an older one than that which is known changes nothing, and neither does one
   * that lacks something: another node may write anything.
   */
  public void heard(@Nullable Heartbeat heartbeat) {
    if (heartbeat == null
        || Stream.of(
                heartbeat.type(),
                heartbeat.member(),
                heartbeat.organisation(),
                heartbeat.address(),
                heartbeat.version(),
                heartbeat.uuid())
            .anyMatch(Objects::isNull)) {
      return;
    }
    Instant at = Instant.ofEpochMilli(heartbeat.atMs());
    nodes.compute(
        heartbeat.uuid(),
        (uuid, known) ->
            known == null
                ? new Known(heartbeat, at, at)
                : at.isBefore(known.last()) ? known : new Known(heartbeat, known.since(), at));
  }

  /** All programs that were heard within a day, by member. */
  public List<NodeInfo> all() {
    Instant now = clock.instant();
    nodes.values().removeIf(known -> known.last().plus(KNOWN).isBefore(now));
    return nodes.values().stream()
        .map(known -> info(known, now))
        .sorted(Comparator.comparing(NodeInfo::member).thenComparing(NodeInfo::uuid))
        .toList();
  }

  /** What the sites that train in a contract at present say, by member. */
  public Map<String, Said> progress(String contract) {
    Instant now = clock.instant();
    Map<String, Said> progress = new TreeMap<>();
    for (Known known : nodes.values()) {
      List<TrainingProgress> trainings = known.heartbeat().trainings();
      if (trainings == null || !isAlive(known, now)) {
        continue;
      }
      for (TrainingProgress training : trainings) {
        // Another node's heartbeat may have anything.
        if (Objects.nonNull(training) && contract.equals(training.contract())) {
          // A node that was restarted has another UUID; its former run counts as alive for a while.
          progress.merge(
              known.heartbeat().member(),
              new Said(training, known.last()),
              (one, other) -> one.at().isAfter(other.at()) ? one : other);
        }
      }
    }
    return progress;
  }

  private static boolean isAlive(Known known, Instant now) {
    return !known.heartbeat().isLast() && !known.last().plus(ALIVE).isBefore(now);
  }

  private static NodeInfo info(Known known, Instant now) {
    Heartbeat said = known.heartbeat();
    return new NodeInfo(
        said.type(),
        said.member(),
        said.organisation(),
        said.address(),
        said.version(),
        said.uuid(),
        said.parent(),
        isAlive(known, now),
        said.isLast(),
        known.since().toString(),
        known.last().toString());
  }
}
