package io.swarmstream.site.node;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a site node takes part, and how.
 *
 * @param name what the site is called where the node enrols itself
 * @param folder of the node's own, for weights, models and what it has to remember
 * @param owner where the node may create and enrol by itself: in a local swarm; else empty
 * @param silence after which a session gives way to another one of the same contract
 */
public record NodeOptions(
    String name,
    KafkaEndpoint kafka,
    ChainOptions chain,
    Path folder,
    Optional<ContractOwner> owner,
    Duration silence) {

  /** A session gives way after ten minutes without a word of its trainer. */
  public static NodeOptions of(String name, KafkaEndpoint kafka, ChainOptions chain, Path folder) {
    return new NodeOptions(name, kafka, chain, folder, Optional.empty(), Duration.ofMinutes(10));
  }

  public NodeOptions withOwner(ContractOwner newOwner) {
    return new NodeOptions(name, kafka, chain, folder, Optional.of(newOwner), silence);
  }

  public NodeOptions withSilence(Duration newSilence) {
    return new NodeOptions(name, kafka, chain, folder, owner, newSilence);
  }
}
