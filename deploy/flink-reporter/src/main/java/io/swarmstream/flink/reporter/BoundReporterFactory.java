package io.swarmstream.flink.reporter;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Makes the reporter; its name is the value of {@code metrics.reporter.NAME.factory.class}. */
public final class BoundReporterFactory implements MetricReporterFactory {
  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return new BoundReporter();
  }
}
