package io.swarmstream.site.node.http;

import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.health.SwarmHealth;
import io.swarmstream.site.node.session.Session;
import io.swarmstream.site.node.session.SessionStatus;
import io.swarmstream.site.node.session.Waiting;
import io.swarmstream.telemetry.CertificateExpiry;
import io.swarmstream.telemetry.MetricPage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code /status} says, as Prometheus wants it: numbers that can be drawn and compared. */
final class SiteMetrics {
  private static final String[] OF_SESSION = {"contract", "session"};

  private SiteMetrics() {}

  static MetricPage page(SiteNode node) {
    MetricPage page = new MetricPage("swarmstream_site");
    page.info(
        "node",
        "The node.",
        "site",
        node.name(),
        "address",
        node.address(),
        "version",
        StatusView.version());
    page.gauge("start_time_seconds", "When the node was started, seconds since 1970.")
        .add(node.startedAt());
    MetricPage.Gauge expires =
        page.gauge(
            "certificate_expiry_time_seconds",
            "Until when the node's certificate is valid, seconds since 1970.");
    CertificateExpiry.in(node.folder().resolve("identity")).ifPresent(expires::add);
    parts(page, node.health());
    List<SessionStatus> sessions = node.sessions().stream().map(Session::status).toList();
    sessions(page, sessions);
    rounds(page, sessions);
    anchors(page, node.health());
    return page;
  }

  private static void parts(MetricPage page, SwarmHealth health) {
    MetricPage.Gauge up =
        page.gauge("part_up", "Whether a part of the swarm answers: chain, kafka, job.", "part");
    for (SwarmHealth.Part part : health.parts()) {
      if (part.isUp() || part.isDown()) {
        up.add(part.isUp() ? 1 : 0, part.name());
      }
    }
  }

  private static void sessions(MetricPage page, List<SessionStatus> sessions) {
    MetricPage.Gauge state =
        page.gauge(
            "session_state",
            "The state that a session is in; always 1.",
            "contract",
            "session",
            "state");
    MetricPage.Gauge since =
        page.gauge(
            "session_state_seconds", "For how long the session is in its state.", OF_SESSION);
    MetricPage.Gauge epochs =
        page.gauge("session_epochs", "Passes over the site's data so far.", OF_SESSION);
    MetricPage.Gauge loss =
        page.gauge("session_loss", "Loss that the trainer last reported.", OF_SESSION);
    MetricPage.Gauge metric =
        page.gauge("session_metric", "Metric that the trainer last reported.", OF_SESSION);
    Instant now = Instant.now();
    for (SessionStatus session : sessions) {
      String[] labels = labels(session);
      state.add(1, labels[0], labels[1], session.state().code());
      since.add(Math.max(0, Duration.between(session.since(), now).toSeconds()), labels);
      epochs.add(session.reported().epochsDone(), labels);
      addIfKnown(loss, session.reported().loss(), labels);
      addIfKnown(metric, session.reported().metric(), labels);
    }
  }

  private static void rounds(MetricPage page, List<SessionStatus> sessions) {
    MetricPage.Gauge round =
        page.gauge("session_round", "Round of the newest model; -1: none.", OF_SESSION);
    MetricPage.Gauge contributed =
        page.gauge(
            "session_contributed_sites", "Sites in the round that is waited for.", OF_SESSION);
    MetricPage.Gauge missing =
        page.gauge("session_missing_sites", "Sites that the round waits for.", OF_SESSION);
    MetricPage.Gauge meanLoss =
        page.gauge(
            "session_mean_loss", "Mean loss of the newest round's participants.", OF_SESSION);
    for (SessionStatus session : sessions) {
      String[] labels = labels(session);
      @Nullable Waiting sites = session.sites();
      round.add(session.model().round(), labels);
      contributed.add(sites == null ? 0 : sites.contributed(), labels);
      missing.add(sites == null ? 0 : sites.missing().size(), labels);
      addIfKnown(meanLoss, session.model().meanLoss(), labels);
    }
  }

  private static void anchors(MetricPage page, SwarmHealth health) {
    MetricPage.Gauge pending =
        page.gauge("anchors_pending", "Known rounds that are not on the chain yet.", "contract");
    health.anchors().forEach((contract, anchors) -> pending.add(anchors.pending(), contract));
  }

  private static void addIfKnown(MetricPage.Gauge gauge, double value, String... labels) {
    if (Double.isFinite(value)) {
      gauge.add(value, labels);
    }
  }

  private static String[] labels(SessionStatus session) {
    return new String[] {session.terms().contract(), session.session()};
  }
}
