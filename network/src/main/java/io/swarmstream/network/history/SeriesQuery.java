package io.swarmstream.network.history;

import static io.swarmstream.network.history.HistoryFile.number;

import io.swarmstream.clients.network.CurveInfo;
import io.swarmstream.clients.network.SeriesInfo;
import io.swarmstream.clients.network.SiteCurves;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads curves: one value for each round, or for several if there would be too many. */
public final class SeriesQuery {
  private final HistoryFile file;

  private record Point(
      long bucket,
      long round,
      RoundFigures loss,
      RoundFigures metric,
      RoundFigures norm,
      RoundFigures cosine,
      @Nullable Double participants,
      @Nullable Double seconds,
      @Nullable Double mergedNorm) {}

  private record SitePoint(
      long bucket,
      @Nullable Double loss,
      @Nullable Double metric,
      @Nullable Double weight,
      @Nullable Double norm,
      @Nullable Double cosine,
      @Nullable Double bytes) {}

  SeriesQuery(HistoryFile file) {
    this.file = file;
  }

  /**
   * The curves of a contract.
   *
   * @param to last round; {@link Long#MAX_VALUE}: the newest
   * @param points most values of a curve
   * @param sites names of the sites to tell as well
   */
  public SeriesInfo of(String contract, long from, long to, int points, List<String> sites) {
    record Span(long first, long last) {}
    Span span =
        file.row(
                """
                SELECT min(round) AS first, max(round) AS last FROM rounds
                WHERE contract = %s AND round BETWEEN ?2 AND ?3
                """
                    .formatted(HistoryFile.CONTRACT),
                row -> {
                  long last = row.getLong("last");
                  return row.wasNull()
                      ? new Span(from, from - 1)
                      : new Span(row.getLong("first"), last);
                },
                contract,
                from,
                to)
            .orElseThrow();
    long step = Math.max(1, (span.last() - span.first() + points) / points);
    List<Point> values = rounds(contract, span.first(), span.last(), step);
    return new SeriesInfo(
        contract,
        span.first(),
        span.last(),
        step,
        values.stream().map(Point::round).toList(),
        curve(values, Point::loss),
        curve(values, Point::metric),
        list(values, Point::participants),
        list(values, Point::seconds),
        curve(values, Point::norm),
        curve(values, Point::cosine),
        list(values, Point::mergedNorm),
        sites.stream()
            .map(site -> site(contract, site, span.first(), span.last(), step, values))
            .toList());
  }

  private List<Point> rounds(String contract, long first, long last, long step) {
    return file.rows(
        """
        SELECT (round - ?2) / ?4 AS bucket, min(round) AS round,
          %s, %s, %s, %s,
          avg(participants) AS participants, avg(closed - opened) / 1000.0 AS seconds,
          avg(iif(round = 0, NULL, merged_norm)) AS merged_norm
        FROM rounds WHERE contract = %s AND round BETWEEN ?2 AND ?3
        GROUP BY bucket ORDER BY bucket
        """
            .formatted(
                columns("loss"),
                columns("metric"),
                columns("norm"),
                columns("cosine"),
                HistoryFile.CONTRACT),
        SeriesQuery::point,
        contract,
        first,
        last,
        step);
  }

  private static Point point(ResultSet row) throws SQLException {
    return new Point(
        row.getLong("bucket"),
        row.getLong("round"),
        figures(row, "loss"),
        figures(row, "metric"),
        figures(row, "norm"),
        figures(row, "cosine"),
        number(row, "participants"),
        number(row, "seconds"),
        number(row, "merged_norm"));
  }

  private static String columns(String what) {
    return "avg(mean_%1$s) AS mean_%1$s, min(min_%1$s) AS min_%1$s, max(max_%1$s) AS max_%1$s"
        .formatted(what);
  }

  private static RoundFigures figures(ResultSet row, String what) throws SQLException {
    return new RoundFigures(
        number(row, "mean_" + what), number(row, "min_" + what), number(row, "max_" + what));
  }

  private static CurveInfo curve(List<Point> points, Function<Point, RoundFigures> of) {
    List<RoundFigures> figures = points.stream().map(of).toList();
    return new CurveInfo(
        list(figures, RoundFigures::mean),
        list(figures, RoundFigures::min),
        list(figures, RoundFigures::max));
  }

  private SiteCurves site(
      String contract, String site, long first, long last, long step, List<Point> values) {
    Map<Long, SitePoint> points = new HashMap<>();
    file.rows(
            """
            SELECT (p.round - ?3) / ?5 AS bucket, avg(loss) AS loss, avg(metric) AS metric,
              avg(weight) AS weight, avg(iif(p.round = 0, NULL, norm)) AS norm,
              avg(iif(p.round = 0, NULL, cosine)) AS cosine, avg(bytes) AS bytes
            FROM sites s CROSS JOIN participations p ON p.contract = s.contract AND p.site = s.id
            WHERE s.contract = %s AND s.name = ?2 AND p.round BETWEEN ?3 AND ?4 GROUP BY bucket
            """
                .formatted(HistoryFile.CONTRACT),
            row ->
                new SitePoint(
                    row.getLong("bucket"),
                    number(row, "loss"),
                    number(row, "metric"),
                    number(row, "weight"),
                    number(row, "norm"),
                    number(row, "cosine"),
                    number(row, "bytes")),
            contract,
            site,
            first,
            last,
            step)
        .forEach(point -> points.put(point.bucket(), point));
    SitePoint none = new SitePoint(-1, null, null, null, null, null, null);
    List<SitePoint> aligned =
        values.stream().map(value -> points.getOrDefault(value.bucket(), none)).toList();
    return new SiteCurves(
        site,
        list(aligned, SitePoint::loss),
        list(aligned, SitePoint::metric),
        list(aligned, SitePoint::weight),
        list(aligned, SitePoint::norm),
        list(aligned, SitePoint::cosine),
        list(aligned, SitePoint::bytes));
  }

  private static <T> List<@Nullable Double> list(
      List<T> points, Function<T, @Nullable Double> value) {
    List<@Nullable Double> list = new ArrayList<>(points.size());
    points.forEach(point -> list.add(value.apply(point)));
    return list;
  }
}
