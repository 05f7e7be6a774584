package io.swarmstream.flink.reporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Properties;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.junit.jupiter.api.Test;

class BoundReporterTest {
  private static MetricConfig config(String... pairs) {
    MetricConfig config = new MetricConfig();
    for (int i = 0; i < pairs.length; i += 2) {
      config.setProperty(pairs[i], pairs[i + 1]);
    }
    return config;
  }

  private static BoundReporter reporter() {
    MetricReporter made = new BoundReporterFactory().createMetricReporter(new Properties());
    return (BoundReporter) made;
  }

  @Test
  void servesMetricsOnLoopbackAlone() throws Exception {
    BoundReporter reporter = reporter();
    reporter.open(config("port", "0"));
    try {
      SimpleCounter counter = new SimpleCounter();
      counter.inc(3);
      reporter.notifyOfAddedMetric(counter, "roundsSealed", new OfTheJob());
      String page =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + reporter.port() + "/metrics"))
                      .build(),
                  BodyHandlers.ofString())
              .body();

      assertThat(page).contains("flink_job_roundsSealed 3.0");
      try (Socket other = new Socket()) {
        // Another address of loopback: what listens on all interfaces answers there.
        InetSocketAddress elsewhere = new InetSocketAddress("127.0.0.2", reporter.port());
        assertThatThrownBy(() -> other.connect(elsewhere, 5_000)).isInstanceOf(IOException.class);
      }
    } finally {
      reporter.close();
    }
  }

  @Test
  void takesTheNextPortOfItsRangeWhenOneIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      int first = taken.getLocalPort();
      BoundReporter reporter = reporter();
      reporter.open(config("port", first + "," + "0"));
      assertThat(reporter.port()).isNotEqualTo(first);
      reporter.close();

      assertThatThrownBy(() -> reporter().open(config("port", Integer.toString(first))))
          .hasMessageContaining("cannot listen on any of the ports " + first);
    }
  }

  private static final class OfTheJob extends UnregisteredMetricsGroup
      implements LogicalScopeProvider {
    @Override
    public String getLogicalScope(CharacterFilter filter) {
      return "job";
    }

    @Override
    public String getLogicalScope(CharacterFilter filter, char delimiter) {
      return "job";
    }

    @Override
    public MetricGroup getWrappedMetricGroup() {
      return this;
    }
  }
}
