package io.swarmstream.flink.reporter;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.util.Iterator;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.prometheus.AbstractPrometheusReporter;
import org.apache.flink.util.NetUtils;
import org.jspecify.annotations.Nullable;

/**
 * Serves Flink's metrics in Prometheus's text format at one address.
 *
 * <p>Options, after {@code metrics.reporter.NAME.}: {@code host}, default {@code localhost}; {@code
 * port}, default {@code 9250-9299}, of which each process takes the first that is free. Whoever
 * reaches the port can read metrics and nothing else; there is no authentication.
 */
public final class BoundReporter extends AbstractPrometheusReporter {
  private @Nullable HTTPServer server;

  @Override
  public void open(MetricConfig config) {
    super.open(config);
    String host = config.getString("host", "localhost");
    String range = config.getString("port", "9250-9299");
    HTTPServer started = listen(host, range);
    server = started;
    log.info("Metrics for Prometheus are at http://{}:{}/metrics", host, started.getPort());
  }

  private HTTPServer listen(String host, String range) {
    IOException last = null;
    Iterator<Integer> ports = NetUtils.getPortRangeFromString(range);
    while (ports.hasNext()) {
      try {
        return new HTTPServer(new InetSocketAddress(host, ports.next()), registry(), true);
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IllegalStateException(
        "cannot listen on any of the ports "
            + range
            + " of "
            + host
            + "; set metrics.reporter.…port to others",
        last);
  }

  /** Flink's keeps it to its own package. */
  private CollectorRegistry registry() {
    try {
      Field field = AbstractPrometheusReporter.class.getDeclaredField("registry");
      field.setAccessible(true);
      return (CollectorRegistry) field.get(this);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "Flink's Prometheus reporter is another than this one was written for; use the"
              + " flink-metrics-prometheus of the Flink version that Swarmstream was built with",
          e);
    }
  }

  /** Where it listens. */
  int port() {
    HTTPServer started = server;
    if (started == null) {
      throw new IllegalStateException("the reporter is not open");
    }
    return started.getPort();
  }

  @Override
  public void close() {
    HTTPServer started = server;
    if (started != null) {
      started.stop();
    }
    super.close();
  }
}
