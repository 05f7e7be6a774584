package io.swarmstream.telemetry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics of a network node. */
public final class NetworkNodeMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkNodeMetrics.class);

  private final NetworkNodeFacts facts;

  public NetworkNodeMetrics(NetworkNodeFacts facts) {
    this.facts = facts;
  }

  /** All metrics, as of now. */
  public MetricPage page() {
    MetricPage page = new MetricPage("swarmstream_network");
    read(
        "the node's name",
        () -> page.info("node", "The node.", "node", facts.name(), "version", facts.version()));
    MetricPage.Gauge started =
        page.gauge("start_time_seconds", "When the node was started, seconds since 1970.");
    read("its start", () -> started.add(facts.startedAt()));
    MetricPage.Gauge expires =
        page.gauge(
            "certificate_expiry_time_seconds",
            "Until when the node's certificate is valid, seconds since 1970.");
    read("its certificate", () -> facts.certificateExpires().ifPresent(expires::add));
    chain(page);
    MetricPage.Gauge members = page.gauge("members", "Members of the swarm by status.", "status");
    read("members", () -> facts.members().forEach((status, count) -> members.add(count, status)));
    MetricPage.Gauge rounds = page.gauge("round", "Newest sealed round; -1: none.", "contract");
    read("rounds", () -> facts.rounds().forEach((contract, round) -> rounds.add(round, contract)));
    MetricPage.Gauge anchors =
        page.gauge("anchored_round", "Newest round on the chain; -1: none.", "contract");
    read(
        "anchors",
        () -> facts.anchors().forEach((contract, round) -> anchors.add(round, contract)));
    return page;
  }

  private void chain(MetricPage page) {
    MetricPage.Gauge height = page.gauge("chain_height", "Number of the chain's newest block.");
    read("the chain's height", () -> height.add(facts.chainHeight()));
    MetricPage.Gauge sealed =
        page.gauge(
            "chain_block_time_seconds", "When the newest block was sealed, seconds since 1970.");
    read("the newest block", () -> sealed.add(facts.newestBlockAt()));
    MetricPage.Gauge peers =
        page.gauge("chain_peers", "Ethereum nodes that this one is connected to.");
    read("the chain's peers", () -> peers.add(facts.peers()));
  }

  private static void read(String what, Runnable reading) {
    try {
      reading.run();
    } catch (RuntimeException e) {
      LOG.debug("This scrape goes without {}", what, e);
    }
  }
}
