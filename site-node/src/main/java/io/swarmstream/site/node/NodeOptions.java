package io.swarmstream.site.node;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.contracts.ContractFounder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which swarm a site node belongs to, and how it behaves.
 *
 * @param name of the site, used when the node enrols itself
 * @param folder of the node's own, for weights, models and what it has to remember
 * @param owner creates contracts and enrols sites in a local swarm; else empty
 * @param silence of its trainer after which a session gives way to another one of its contract
 * @param permit whether it may begin a training; without a licence server it always may
 * @param asksOwner whether it begins trainings of a contract only when its owner has approved it
 */
public record NodeOptions(
    String name,
    KafkaEndpoint kafka,
    ChainOptions chain,
    Path folder,
    Optional<ContractFounder> owner,
    Duration silence,
    TrainingPermit permit,
    boolean asksOwner) {

  /** Options with a silence of ten minutes, outside a local swarm. */
  public static NodeOptions of(String name, KafkaEndpoint kafka, ChainOptions chain, Path folder) {
    return new NodeOptions(
        name,
        kafka,
        chain,
        folder,
        Optional.empty(),
        Duration.ofMinutes(10),
        Optional::empty,
        false);
  }

  public NodeOptions withOwner(ContractFounder newOwner) {
    return new NodeOptions(
        name, kafka, chain, folder, Optional.of(newOwner), silence, permit, asksOwner);
  }

  public NodeOptions withSilence(Duration newSilence) {
    return new NodeOptions(name, kafka, chain, folder, owner, newSilence, permit, asksOwner);
  }

  /** Options of a node that may not always begin a training. */
  public NodeOptions withPermit(TrainingPermit newPermit) {
    return new NodeOptions(name, kafka, chain, folder, owner, silence, newPermit, asksOwner);
  }

  /** Options of a node that asks its owner before it trains for a contract. */
  public NodeOptions asking(boolean asks) {
    return new NodeOptions(name, kafka, chain, folder, owner, silence, permit, asks);
  }
}
