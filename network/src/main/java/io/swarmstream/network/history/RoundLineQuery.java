package io.swarmstream.network.history;

import static io.swarmstream.network.history.HistoryFile.number;
import static io.swarmstream.network.history.HistoryFile.text;

import io.swarmstream.clients.network.RoundLine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rounds in short, without a look at their participations. */
final class RoundLineQuery {
  private static final int MOST_NAMED = 10;

  private final HistoryFile file;

  RoundLineQuery(HistoryFile file) {
    this.file = file;
  }

  /** The newest rounds before another one, newest first; what the chain holds is not known here. */
  List<RoundLine> before(String contract, long before, int count) {
    return file.rows(
        """
        SELECT round, opened, closed, published, closed_by, participants, left_out, mean_loss,
          mean_metric, record_hash
        FROM rounds WHERE contract = %s AND round < ?2
        ORDER BY round DESC LIMIT ?3
        """
            .formatted(HistoryFile.CONTRACT),
        RoundLineQuery::line,
        contract,
        before,
        count);
  }

  private static RoundLine line(ResultSet row) throws SQLException {
    List<String> leftOut = RoundPages.names(text(row, "left_out"));
    long closed = row.getLong("closed");
    return new RoundLine(
        row.getLong("round"),
        Instant.ofEpochMilli(row.getLong("opened")).toString(),
        Instant.ofEpochMilli(closed).toString(),
        text(row, "closed_by"),
        row.getInt("participants"),
        leftOut.stream().limit(MOST_NAMED).toList(),
        leftOut.size(),
        number(row, "mean_loss"),
        number(row, "mean_metric"),
        text(row, "record_hash"),
        null,
        known(closed - row.getLong("opened")),
        known(row.getLong("published") - closed),
        null);
  }

  private static @Nullable Long known(long millis) {
    return millis < 0 ? null : millis;
  }
}
