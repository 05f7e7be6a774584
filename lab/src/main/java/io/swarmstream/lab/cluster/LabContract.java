package io.swarmstream.lab.cluster;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.local.processes.ProcessCluster;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Creates the contract of a measurement on a cluster, with its topics and its sites. */
public final class LabContract {
  private static final Duration TOPICS_DEADLINE = Duration.ofMinutes(2);

  private LabContract() {}

  /**
   * Creates the contract.
   *
   * @param terms terms of the contract, by the name of the network
   * @param sites sites to enrol as site-1, site-2, …, with weight 1
   */
  public static void create(
      ProcessCluster cluster,
      TopicOptions topics,
      Function<String, ContractTerms> terms,
      ModelLayout layout,
      List<SiteKey> sites)
      throws Exception {
    SwarmProperties swarm = cluster.properties();
    try (ChainClient owner = ChainClient.signing(swarm.chainOptions(), cluster.owner())) {
      ContractTerms agreed = terms.apply(owner.network());
      String contract = agreed.contract();
      new ContractTopics(swarm.kafkaEndpoint(), topics).create(contract, TOPICS_DEADLINE);
      owner.administration().createContract(agreed, layout, cluster.coordinator().address());
      for (int site = 0; site < sites.size(); site++) {
        owner
            .administration()
            .enrolSite(contract, sites.get(site).address(), "site-" + (site + 1), 1);
      }
    }
  }
}
