package io.swarmstream.network.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swarmstream.clients.network.NodeInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
   */
  public record Heartbeat(
      @JsonProperty("type") String type,
      @JsonProperty("member") String member,
      @JsonProperty("organisation") String organisation,
      @JsonProperty("address") String address,
      @JsonProperty("version") String version,
      @JsonProperty("uuid") String uuid,
      @JsonProperty("parent") @Nullable String parent,
      @JsonProperty("atMs") long atMs) {}

  public HeardNodes(InstantSource clock) {
    this.clock = clock;
  }

  /** Enters a heartbeat; an older one than that which is known changes nothing. */
  public void heard(Heartbeat heartbeat) {
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
        !known.last().plus(ALIVE).isBefore(now),
        known.since().toString(),
        known.last().toString());
  }
}
