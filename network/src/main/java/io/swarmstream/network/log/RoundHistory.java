package io.swarmstream.network.log;

import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.clients.network.ParticipantInfo;
import io.swarmstream.clients.network.RoundInfo;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The rounds of all contracts, by what their topics hold. Safe for use by many threads. */
public final class RoundHistory {
  private final Map<String, ConcurrentSkipListMap<Long, RoundInfo>> rounds =
      new ConcurrentHashMap<>();

  /** Enters a round. */
  void add(PublishedRound published) {
    rounds
        .computeIfAbsent(
            published.record().getContract(), contract -> new ConcurrentSkipListMap<>())
        .put(published.round(), info(published));
  }

  /** The newest rounds of a contract, oldest first; whether they are anchored is not known here. */
  public List<RoundInfo> newest(String contract, int count) {
    List<RoundInfo> newest = new ArrayList<>();
    for (RoundInfo round : of(contract).descendingMap().values()) {
      if (newest.size() == count) {
        break;
      }
      newest.add(0, round);
    }
    return newest;
  }

  /** What each site last reported of itself, by its address. */
  public Map<String, ParticipantInfo> performance(String contract) {
    Map<String, ParticipantInfo> last = new TreeMap<>();
    for (RoundInfo round : of(contract).values()) {
      round.participants().forEach(participant -> last.put(participant.account(), participant));
    }
    return last;
  }

  /** The newest round of a contract. */
  public Optional<RoundInfo> last(String contract) {
    return Optional.ofNullable(of(contract).lastEntry()).map(Map.Entry::getValue);
  }

  private ConcurrentSkipListMap<Long, RoundInfo> of(String contract) {
    return rounds.getOrDefault(contract, new ConcurrentSkipListMap<>());
  }

  private static RoundInfo info(PublishedRound published) {
    RoundRecord record = published.record();
    return new RoundInfo(
        published.round(),
        Hash.of(record.getModelHash()).hex(),
        published.hash().hex(),
        null,
        record.getParticipants().stream().map(RoundHistory::info).toList());
  }

  private static ParticipantInfo info(Participant participant) {
    return new ParticipantInfo(
        participant.getSite(),
        participant.getName(),
        participant.getHeader().getWeight(),
        known(participant.getHeader().getLoss()),
        known(participant.getHeader().getMetric()),
        participant.getHeader().getEpochsDone(),
        participant.getHeader().getEpochsTotal());
  }

  private static @Nullable Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
