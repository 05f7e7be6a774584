package io.swarmstream.network.history;

import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.web.ApiJson;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes rounds to the history's tables, without committing. For one thread. */
final class RoundWriter {
  /** Ids that are kept in memory; beyond it they are looked up again. */
  private static final int MOST_IDS = 50_000;

  private final Connection connection;
  private final InstantSource clock;
  private final Map<String, Long> contracts = new HashMap<>();
  private final Map<Site, Long> sites = new HashMap<>();

  private record Site(long contract, String name, String account) {}

  RoundWriter(Connection connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
  }

  /** Forgets the ids that a rollback may have taken back. */
  void rolledBack() {
    contracts.clear();
    sites.clear();
  }

  /** Enters a round; replaces another record of it; false if it is there already. */
  boolean add(PublishedRound published, long publishedMs, int partition, long offset)
      throws SQLException {
    RoundRecord record = published.record();
    long contract = contract(record.getContract());
    String recordHash = published.hash().hex();
    List<String> known =
        HistoryFile.rows(
            connection,
            "SELECT record_hash FROM rounds WHERE contract = ? AND round = ?",
            row -> HistoryFile.text(row, "record_hash"),
            contract,
            published.round());
    if (known.contains(recordHash)) {
      return false;
    }
    if (!known.isEmpty()) {
      remove(contract, published.round());
    }
    RoundFigures loss =
        RoundFigures.of(record.getParticipants(), site -> site.getHeader().getLoss());
    RoundFigures metric =
        RoundFigures.of(record.getParticipants(), site -> site.getHeader().getMetric());
    DeltaColumns deltas = new DeltaColumns(record);
    RoundFigures norms = deltas.norms();
    RoundFigures cosines = deltas.cosines();
    update(
        "INSERT INTO rounds VALUES (" + "?,".repeat(30) + "?)",
        contract,
        published.round(),
        record.getOpenedAtMs(),
        record.getClosedAtMs(),
        publishedMs,
        record.getMethod(),
        record.getClosedBy(),
        record.getParticipants().size(),
        new String(ApiJson.bytes(record.getLeftOut()), StandardCharsets.UTF_8),
        RoundFigures.known(record.getMeanLoss()),
        loss.min(),
        loss.max(),
        metric.mean(),
        metric.min(),
        metric.max(),
        Hash.of(record.getBaseHash()).hex(),
        Hash.of(record.getModelHash()).hex(),
        recordHash,
        record.getParameterCount(),
        record.getChunkCount(),
        record.getIterations(),
        partition,
        offset,
        deltas.mergedNorm(),
        deltas.allBytes(),
        norms.mean(),
        norms.min(),
        norms.max(),
        cosines.mean(),
        cosines.min(),
        cosines.max());
    participants(contract, record, deltas);
    for (String site : record.getLeftOut()) {
      update(
          """
          INSERT INTO standings (contract, name, left_out) VALUES (?, ?, 1)
          ON CONFLICT DO UPDATE SET left_out = left_out + 1
          """,
          contract,
          site);
    }
    return true;
  }

  private void participants(long contract, RoundRecord record, DeltaColumns deltas)
      throws SQLException {
    try (PreparedStatement participation =
            connection.prepareStatement(
                "INSERT OR REPLACE INTO participations VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)");
        PreparedStatement standing =
            connection.prepareStatement(
                """
                INSERT INTO standings (contract, name, site, round, read_at, rounds, timed, behind)
                VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7)
                ON CONFLICT DO UPDATE SET rounds = rounds + 1, timed = timed + ?6,
                  behind = behind + ?7,
                  site = iif(coalesce(round, -1) > ?4, site, ?3),
                  read_at = iif(coalesce(round, -1) > ?4, read_at, ?5),
                  round = max(coalesce(round, -1), ?4)
                """)) {
      long now = clock.millis();
      for (int place = 0; place < record.getParticipants().size(); place++) {
        Participant participant = record.getParticipants().get(place);
        var said = participant.getHeader();
        @Nullable Long behind = deltas.behindMs(place);
        long site = site(new Site(contract, participant.getName(), participant.getSite()));
        HistoryFile.fill(
            participation,
            contract,
            site,
            record.getRound(),
            said.getWeight(),
            RoundFigures.known(said.getLoss()),
            RoundFigures.known(said.getMetric()),
            RoundFigures.known(said.getEpochsDone()),
            RoundFigures.known(said.getEpochsTotal()),
            deltas.norm(place),
            deltas.cosine(place),
            deltas.bytes(place),
            said.getCheckIn().equals(CheckIn.TRAINING.code()),
            behind);
        participation.addBatch();
        HistoryFile.fill(
            standing,
            contract,
            participant.getName(),
            site,
            record.getRound(),
            now,
            behind == null ? 0 : 1,
            Objects.requireNonNullElse(behind, 0L));
        standing.addBatch();
      }
      participation.executeBatch();
      standing.executeBatch();
    }
  }

  /** A round that the log has again, with other content. */
  private void remove(long contract, long round) throws SQLException {
    update(
        """
        UPDATE standings SET rounds = rounds - 1, timed = timed - (was.behind IS NOT NULL),
          behind = standings.behind - coalesce(was.behind, 0)
        FROM (SELECT s.name AS name, p.behind AS behind FROM sites s
            CROSS JOIN participations p ON p.contract = s.contract
            AND p.site = s.id AND p.round = ?2 WHERE s.contract = ?1) AS was
        WHERE contract = ?1 AND standings.name = was.name
        """,
        contract,
        round);
    update(
        """
        UPDATE standings SET left_out = left_out - 1 WHERE contract = ?1 AND name IN
          (SELECT value FROM rounds, json_each(left_out) WHERE contract = ?1 AND round = ?2)
        """,
        contract,
        round);
    update(
        """
        DELETE FROM participations WHERE contract = ?1 AND round = ?2
          AND site IN (SELECT id FROM sites WHERE contract = ?1)
        """,
        contract,
        round);
    update("DELETE FROM rounds WHERE contract = ? AND round = ?", contract, round);
  }

  /** Forgets all of a contract. */
  void forget(String name) throws SQLException {
    long contract = contract(name);
    for (String table : List.of("rounds", "participations", "standings", "sites")) {
      update("DELETE FROM " + table + " WHERE contract = ?", contract);
    }
    sites.clear();
  }

  void position(String topic, String topicId, int partition, long next) throws SQLException {
    update("INSERT OR REPLACE INTO positions VALUES (?,?,?,?)", topic, topicId, partition, next);
  }

  private long contract(String name) throws SQLException {
    Long known = contracts.get(name);
    if (known == null) {
      update("INSERT OR IGNORE INTO contracts (name) VALUES (?)", name);
      known = id("SELECT id FROM contracts WHERE name = ?", name);
      contracts.put(name, known);
    }
    return known;
  }

  private long site(Site site) throws SQLException {
    Long known = sites.get(site);
    if (known == null) {
      if (sites.size() >= MOST_IDS) {
        sites.clear();
      }
      update(
          "INSERT OR IGNORE INTO sites (contract, name, account) VALUES (?,?,?)",
          site.contract(),
          site.name(),
          site.account());
      known =
          id(
              "SELECT id FROM sites WHERE contract = ? AND name = ? AND account = ?",
              site.contract(),
              site.name(),
              site.account());
      sites.put(site, known);
    }
    return known;
  }

  private long id(String sql, Object... values) throws SQLException {
    return HistoryFile.rows(connection, sql, row -> row.getLong(1), values).get(0);
  }

  private void update(String sql, @Nullable Object... values) throws SQLException {
    HistoryFile.execute(connection, sql, values);
  }
}
