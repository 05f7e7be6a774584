package io.swarmstream.network.log;

import io.swarmstream.schemas.avro.RoundNotice;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What each contract's job said last. Safe for use by many threads. */
public final class OpenRounds {
  private final Map<String, RoundNotice> notices = new ConcurrentHashMap<>();
  private final Map<String, Instant> heard = new ConcurrentHashMap<>();

  void add(String contract, RoundNotice notice) {
    notices.merge(contract, notice, (known, now) -> now.getAtMs() < known.getAtMs() ? known : now);
  }

  void heard(String contract, Instant at) {
    heard.merge(contract, at, (known, now) -> now.isBefore(known) ? known : now);
  }

  /** The newest notice of a contract's open round; it may be of a round that was merged since. */
  public Optional<RoundNotice> notice(String contract) {
    return Optional.ofNullable(notices.get(contract));
  }

  /** When the job wrote its newest record, as Kafka says. */
  public Optional<Instant> lastHeard(String contract) {
    return Optional.ofNullable(heard.get(contract));
  }
}
