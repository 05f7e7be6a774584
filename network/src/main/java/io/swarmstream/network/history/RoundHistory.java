package io.swarmstream.network.history;

import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.clients.network.ParticipantInfo;
import io.swarmstream.clients.network.RoundInfo;
import io.swarmstream.clients.network.RoundLine;
import io.swarmstream.clients.network.SiteRemark;
import io.swarmstream.schemas.wire.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rounds of all contracts, by what their topics hold. Any thread may read; one writes, and what
 * it writes is there for readers once it is committed. How far a topic was read is part of what is
 * committed, so that a restart reads on from there.
 */
public final class RoundHistory implements AutoCloseable {
  private final HistoryFile file;
  private final RoundWriter writer;
  private final RoundPages pages;
  private final RoundLineQuery lines;
  private final SeriesQuery series;
  private final RoundWalk walk;
  private final DeltaRemarks remarks;
  private final Map<String, String> topicIds = new HashMap<>();
  private boolean dirty;

  /**
   * A contribution that was merged.
   *
   * @param readAt when this node read it
   */
  public record Merged(long round, ParticipantInfo participant, Instant readAt) {}

  /**
   * A site in a training.
   *
   * @param last empty: it was left out, but never merged
   * @param rounds that it was merged in
   * @param leftOut rounds that did not wait for it
   * @param behindMs how long after the median contribution of its round its own arrived, mean;
   *     null: the records do not say
   */
  public record Standing(
      Optional<Merged> last, long rounds, long leftOut, @Nullable Double behindMs) {}

  private RoundHistory(HistoryFile file, InstantSource clock) {
    this.file = file;
    this.writer = new RoundWriter(file.writer(), clock);
    this.pages = new RoundPages(file);
    this.lines = new RoundLineQuery(file);
    this.series = new SeriesQuery(file);
    this.walk = new RoundWalk(file, pages);
    this.remarks = new DeltaRemarks(file);
  }

  /** Opens the history in a folder of its own; an empty one if there is none. */
  public static RoundHistory open(Path folder, InstantSource clock) throws IOException {
    return new RoundHistory(HistoryFile.open(folder), clock);
  }

  /**
   * Where to read on in a rounds topic; empty: at its beginning. Forgets what a topic of the same
   * name held that was deleted since.
   */
  public synchronized OptionalLong next(String topic, String topicId, int partition) {
    record Position(String topicId, int partition, long next) {}
    try {
      topicIds.put(topic, topicId);
      List<Position> known =
          HistoryFile.rows(
              file.writer(),
              "SELECT topic_id, partition, next FROM positions WHERE topic = ?",
              row ->
                  new Position(
                      HistoryFile.text(row, "topic_id"),
                      row.getInt("partition"),
                      row.getLong("next")),
              topic);
      if (known.stream().anyMatch(position -> !position.topicId().equals(topicId))) {
        writer.forget(Topic.ROUNDS.contract(topic).orElse(topic));
        HistoryFile.execute(file.writer(), "DELETE FROM positions WHERE topic = ?", topic);
        file.writer().commit();
        writer.rolledBack();
        return OptionalLong.empty();
      }
      file.writer().commit(); // ends the reading, which would keep the journal long
      return known.stream()
          .filter(position -> position.partition() == partition)
          .mapToLong(Position::next)
          .findFirst();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Enters a round; false if it is there already. */
  public synchronized boolean add(
      PublishedRound published, long publishedMs, int partition, long offset) {
    try {
      dirty = true;
      return writer.add(published, publishedMs, partition, offset);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Notes that a topic was read up to here. */
  public synchronized void passed(String topic, int partition, long offset) {
    try {
      dirty = true;
      writer.position(topic, topicIds.getOrDefault(topic, ""), partition, offset + 1);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Shows to readers what was entered. */
  public synchronized void commit() {
    if (!dirty) {
      return;
    }
    try {
      file.writer().commit();
      dirty = false;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Takes back what was not committed; Kafka has it. */
  private HistoryException failed(SQLException e) {
    try {
      file.writer().rollback();
    } catch (SQLException again) {
      e.addSuppressed(again);
    }
    writer.rolledBack();
    dirty = false;
    return new HistoryException(file.path(), e);
  }

  /** The newest rounds of a contract, oldest first; whether they are anchored is not known here. */
  public List<RoundInfo> newest(String contract, int count) {
    return pages.before(contract, Long.MAX_VALUE, count);
  }

  /** The newest rounds before another one, oldest first. */
  public List<RoundInfo> before(String contract, long round, int count) {
    return pages.before(contract, round, count);
  }

  /** The newest rounds before another one in short, newest first. */
  public List<RoundLine> lines(String contract, long round, int count) {
    return lines.before(contract, round, count);
  }

  /** A round with all that its record says. */
  public Optional<LoggedDetail> detail(String contract, long round) {
    return pages.detail(contract, round);
  }

  /** What the rounds of a contract come to. */
  public RoundTotals totals(String contract) {
    return pages.totals(contract);
  }

  /** Curves of a contract. */
  public SeriesQuery series() {
    return series;
  }

  /** Goes through all rounds. */
  public RoundWalk walk() {
    return walk;
  }

  /** The sites of a training by name, which stays when a site changes its account. */
  public Map<String, Standing> standings(String contract) {
    return pages.standings(contract);
  }

  /** Which sites somebody should look at, by name, and why. */
  public Map<String, SiteRemark> remarks(String contract) {
    return remarks.of(contract);
  }

  /** Number of the newest round of a contract. */
  public Optional<Long> last(String contract) {
    return file.row(
            "SELECT max(round) AS newest FROM rounds WHERE contract = " + HistoryFile.CONTRACT,
            row -> new Newest(contract, row.getLong("newest"), row.wasNull()),
            contract)
        .filter(each -> !each.isEmpty())
        .map(Newest::round);
  }

  /** The newest round of each contract that has one. */
  public Map<String, Long> newest() {
    Map<String, Long> newest = new TreeMap<>();
    file
        .rows(
            """
            SELECT name, (SELECT max(round) FROM rounds r WHERE r.contract = c.id) AS newest
            FROM contracts c
            """,
            row -> new Newest(HistoryFile.text(row, "name"), row.getLong("newest"), row.wasNull()))
        .stream()
        .filter(each -> !each.isEmpty())
        .forEach(each -> newest.put(each.contract(), each.round()));
    return newest;
  }

  private record Newest(String contract, long round, boolean isEmpty) {}

  @Override
  public synchronized void close() {
    file.close();
  }
}
