package io.swarmstream.network.history;

import static io.swarmstream.network.history.HistoryFile.number;
import static io.swarmstream.network.history.HistoryFile.whole;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Goes through all rounds, oldest first, a page at a time, however slowly they are taken. */
public final class RoundWalk {
  private static final int PAGE = 1_000;

  /** A page of whole rounds is in memory at once: each may have a thousand participants. */
  private static final int ROUNDS = 20;

  private final HistoryFile file;
  private final RoundPages pages;

  RoundWalk(HistoryFile file, RoundPages pages) {
    this.file = file;
    this.pages = pages;
  }

  /** All rounds of a contract. */
  public Stream<LoggedDetail> rounds(String contract) {
    return paged(after -> numbers(contract, after), number -> number)
        .flatMap(number -> pages.detail(contract, number).stream());
  }

  /** All rounds that a site was merged in. */
  public Stream<SiteContribution> of(String contract, String site) {
    return paged(after -> of(contract, site, after), SiteContribution::round);
  }

  private List<Long> numbers(String contract, long after) {
    return file.rows(
        "SELECT round FROM rounds WHERE contract = %s AND round > ?2 ORDER BY round LIMIT %d"
            .formatted(HistoryFile.CONTRACT, ROUNDS),
        row -> row.getLong("round"),
        contract,
        after);
  }

  private List<SiteContribution> of(String contract, String site, long after) {
    return file.rows(
        """
        SELECT p.bytes, p.round, r.closed, p.weight, p.loss, p.metric, p.norm, p.cosine
        FROM sites s CROSS JOIN participations p ON p.contract = s.contract AND p.site = s.id
          JOIN rounds r ON r.contract = p.contract AND r.round = p.round
        WHERE s.contract = %s AND s.name = ?2 AND p.round > ?3 ORDER BY p.round LIMIT %d
        """
            .formatted(HistoryFile.CONTRACT, PAGE),
        row ->
            new SiteContribution(
                row.getLong("round"),
                Instant.ofEpochMilli(row.getLong("closed")),
                row.getInt("weight"),
                number(row, "loss"),
                number(row, "metric"),
                number(row, "norm"),
                number(row, "cosine"),
                whole(row, 1)),
        contract,
        site,
        after);
  }

  private static <T> Stream<T> paged(LongFunction<List<T>> after, ToLongFunction<T> number) {
    return Stream.iterate(
            after.apply(-1),
            page -> !page.isEmpty(),
            page ->
                after.apply(number.applyAsLong(Objects.requireNonNull(page.get(page.size() - 1)))))
        .flatMap(List::stream);
  }
}
