package io.swarmstream.network.history;

import static io.swarmstream.network.history.HistoryFile.number;
import static io.swarmstream.network.history.HistoryFile.text;
import static io.swarmstream.network.history.HistoryFile.whole;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.swarmstream.clients.network.ParticipantInfo;
import io.swarmstream.clients.network.RoundInfo;
import io.swarmstream.network.history.RoundHistory.Merged;
import io.swarmstream.network.history.RoundHistory.Standing;
import io.swarmstream.web.ApiJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads rounds and what they come to. A CROSS JOIN keeps SQLite from reading all contributions of a
 * contract instead of those of its sites.
 */
final class RoundPages {
  /** A page ends earlier rather than have more: all of it is in memory at once. */
  private static final int MOST_PARTICIPANTS = 100_000;

  /** Read by number, since names are looked up for each of a page's many rows. */
  private static final String PARTICIPANT =
      "s.account, s.name, p.weight, p.loss, p.metric, p.epochs, p.total, p.norm, p.cosine, p.bytes";

  private final HistoryFile file;

  RoundPages(HistoryFile file) {
    this.file = file;
  }

  /** The newest rounds before another one, oldest first. */
  List<RoundInfo> before(String contract, long before, int count) {
    record Head(long round, String modelHash, String recordHash) {}
    List<Head> heads =
        file.rows(
            """
            SELECT round, model_hash, record_hash FROM rounds
            WHERE contract = %s AND round < ?2 ORDER BY round DESC LIMIT ?3
            """
                .formatted(HistoryFile.CONTRACT),
            row ->
                new Head(row.getLong("round"), text(row, "model_hash"), text(row, "record_hash")),
            contract,
            before,
            count);
    List<RoundInfo> page = new ArrayList<>();
    int participants = 0;
    for (Head head : heads) {
      List<ParticipantInfo> merged = participants(contract, head.round());
      participants += merged.size();
      if (participants > MOST_PARTICIPANTS && !page.isEmpty()) {
        break;
      }
      page.add(new RoundInfo(head.round(), head.modelHash(), head.recordHash(), null, merged));
    }
    Collections.reverse(page);
    return page;
  }

  Optional<LoggedDetail> detail(String contract, long round) {
    List<ParticipantInfo> participants = participants(contract, round);
    return file.row(
        "SELECT * FROM rounds WHERE contract = %s AND round = ?2".formatted(HistoryFile.CONTRACT),
        row ->
            new LoggedDetail(
                round,
                text(row, "method"),
                Instant.ofEpochMilli(row.getLong("opened")),
                Instant.ofEpochMilli(row.getLong("closed")),
                Instant.ofEpochMilli(row.getLong("published")),
                text(row, "closed_by"),
                participants,
                names(text(row, "left_out")),
                number(row, "mean_loss"),
                number(row, "mean_metric"),
                text(row, "base_hash"),
                text(row, "model_hash"),
                text(row, "record_hash"),
                row.getLong("parameters"),
                row.getInt("chunks"),
                row.getInt("iterations"),
                row.getInt("kafka_partition"),
                row.getLong("kafka_offset"),
                number(row, "merged_norm"),
                whole(row, row.findColumn("bytes"))),
        contract,
        round);
  }

  private List<ParticipantInfo> participants(String contract, long round) {
    return file.rows(
        """
        SELECT %s FROM sites s CROSS JOIN participations p
          ON p.contract = s.contract AND p.site = s.id AND p.round = ?2
        WHERE s.contract = %s ORDER BY s.account
        """
            .formatted(PARTICIPANT, HistoryFile.CONTRACT),
        RoundPages::participant,
        contract,
        round);
  }

  private static ParticipantInfo participant(ResultSet row) throws SQLException {
    return new ParticipantInfo(
        Objects.requireNonNullElse(row.getString(1), ""),
        row.getString(2),
        row.getInt(3),
        number(row, 4),
        number(row, 5),
        row.getDouble(6),
        row.getDouble(7),
        number(row, 8),
        number(row, 9),
        whole(row, 10));
  }

  Map<String, Standing> standings(String contract) {
    Map<String, Standing> standings = new TreeMap<>();
    file.rows(
            """
            SELECT %s, t.name AS title, t.rounds, t.left_out, t.read_at, t.round AS newest,
              t.timed, t.behind AS behind_sum
            FROM standings t LEFT JOIN sites s ON s.id = t.site
              LEFT JOIN participations p
                ON p.contract = t.contract AND p.site = t.site AND p.round = t.round
            WHERE t.contract = %s
            """
                .formatted(PARTICIPANT, HistoryFile.CONTRACT),
            row ->
                Map.entry(
                    text(row, "title"),
                    new Standing(
                        Objects.isNull(row.getObject("account"))
                            ? Optional.empty()
                            : Optional.of(
                                new Merged(
                                    row.getLong("newest"),
                                    participant(row),
                                    Instant.ofEpochMilli(row.getLong("read_at")))),
                        row.getLong("rounds"),
                        row.getLong("left_out"),
                        row.getLong("timed") == 0
                            ? null
                            : (double) row.getLong("behind_sum") / row.getLong("timed"))),
            contract)
        .forEach(each -> standings.put(each.getKey(), each.getValue()));
    return standings;
  }

  RoundTotals totals(String contract) {
    Optional<RoundTotals.Best> loss = best(contract, "mean_loss", "ASC");
    Optional<RoundTotals.Best> metric = best(contract, "mean_metric", "DESC");
    return file.row(
            """
            SELECT count(*) AS rounds, max(round) AS last, min(closed) AS first_at,
              max(closed) AS last_at FROM rounds WHERE contract = %s
            """
                .formatted(HistoryFile.CONTRACT),
            row -> {
              long rounds = row.getLong("rounds");
              return new RoundTotals(
                  rounds,
                  rounds == 0 ? Optional.empty() : Optional.of(row.getLong("last")),
                  at(row, rounds, "first_at"),
                  at(row, rounds, "last_at"),
                  loss,
                  metric);
            },
            contract)
        .orElseThrow();
  }

  private static Optional<Instant> at(ResultSet row, long rounds, String column)
      throws SQLException {
    return rounds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(row.getLong(column)));
  }

  private Optional<RoundTotals.Best> best(String contract, String column, String order) {
    return file.row(
        """
        SELECT round, %1$s AS best FROM rounds
        WHERE contract = %2$s AND %1$s IS NOT NULL ORDER BY %1$s %3$s, round LIMIT 1
        """
            .formatted(column, HistoryFile.CONTRACT, order),
        row -> new RoundTotals.Best(row.getLong("round"), row.getDouble("best")),
        contract);
  }

  /** The names in a list in JSON. */
  static List<String> names(String json) throws SQLException {
    try {
      return ApiJson.mapper().readValue(json, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw new SQLException("left_out is no list of names: " + json, e);
    }
  }
}
