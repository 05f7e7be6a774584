package io.swarmstream.telemetry;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The metrics of one scrape, in Prometheus's text format. Not thread-safe: one for each scrape. */
public final class MetricPage {
  /** Media type of {@link #bytes}. */
  public static final String MEDIA_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private final String prefix;
  private final List<Gauge> gauges = new ArrayList<>();
  private final List<MetricSnapshot> infos = new ArrayList<>();

  /**
   * Starts a page.
   *
   * @param prefix begins each name, such as {@code swarmstream_site}
   */
  public MetricPage(String prefix) {
    this.prefix = prefix;
  }

  /**
   * Adds a gauge; it has no samples yet.
   *
   * @param name in lower case with underscores, the unit last
   * @param help one sentence
   * @param labels names of the labels
   */
  public Gauge gauge(String name, String help, String... labels) {
    Gauge gauge = new Gauge(labels, GaugeSnapshot.builder().name(prefix + "_" + name).help(help));
    gauges.add(gauge);
    return gauge;
  }

  /**
   * Adds the metric {@code NAME_info}: names that do not change while the process runs.
   *
   * @param keysAndValues of the labels, by turns
   */
  public void info(String name, String help, String... keysAndValues) {
    infos.add(
        InfoSnapshot.builder()
            .name(prefix + "_" + name)
            .help(help)
            .dataPoint(InfoDataPointSnapshot.builder().labels(Labels.of(keysAndValues)).build())
            .build());
  }

  /** A metric with a sample for each set of labels. */
  public static final class Gauge {
    private final String[] labels;
    private final GaugeSnapshot.Builder samples;

    private Gauge(String[] labels, GaugeSnapshot.Builder samples) {
      this.labels = labels;
      this.samples = samples;
    }

    /**
     * Adds a sample.
     *
     * @param values of the labels, in their order
     */
    public Gauge add(double value, String... values) {
      samples.dataPoint(
          GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels, values)).build());
      return this;
    }

    /** Adds a sample that counts something; exact up to 2^53. */
    public Gauge add(long value, String... values) {
      return add((double) value, values);
    }

    /** Adds a point in time, in seconds since 1970. */
    public Gauge add(Instant at, String... values) {
      return add(at.getEpochSecond(), values);
    }
  }

  /** The page in UTF-8. */
  public byte[] bytes() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    infos.forEach(all::metricSnapshot);
    gauges.forEach(gauge -> all.metricSnapshot(gauge.samples.build()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(bytes, all.build(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
