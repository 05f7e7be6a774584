package io.swarmstream.site.node.http;

import io.swarmstream.telemetry.MetricPage;

/** Says what the node does, to Prometheus. */
final class GetMetrics implements Endpoint {
  @Override
  public Described describe() {
    return Described.of(
            "GET", "/metrics", "metrics", "Reports the node's metrics in Prometheus's text format.")
        .gives(200, Described.Content.of("text/plain"))
        .entry(Described.Entry.VIEWER);
  }

  @Override
  public Answer answer(Call call) {
    return Answer.of(200, MetricPage.MEDIA_TYPE, SiteMetrics.page(call.node()).bytes());
  }
}
