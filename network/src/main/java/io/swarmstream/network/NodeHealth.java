package io.swarmstream.network;

import io.swarmstream.clients.network.HealthInfo;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityException;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.network.chain.ChainHealth;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.GethNode;
import io.swarmstream.network.members.SnapshotKeeper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says what works below a network node and what does not. */
final class NodeHealth {
  private static final Duration SOON = Duration.ofDays(14);

  private final EthereumNode ethereum;
  private final SnapshotKeeper swarm;
  private final Supplier<List<String>> kafka;
  private final IdentityFolder identity;

  NodeHealth(
      EthereumNode ethereum,
      SnapshotKeeper swarm,
      Supplier<List<String>> kafka,
      IdentityFolder identity) {
    this.ethereum = ethereum;
    this.swarm = swarm;
    this.kafka = kafka;
    this.identity = identity;
  }

  HealthInfo info() {
    List<String> problems = new ArrayList<>();
    ChainHealth chain = ethereum.health();
    if (!chain.isHealthy()) {
      problems.add(chain.message());
    }
    swarm.problem().ifPresent(problems::add);
    problems.addAll(kafka.get());
    Long days = null;
    try {
      Identity own = identity.read();
      days = Duration.between(Instant.now(), own.expiresAt()).toDays();
      if (own.expiresWithin(SOON)) {
        problems.add(
            "this node's certificate expires at "
                + own.expiresAt()
                + "; renew it with 'swarm network certificate --renew'");
      }
    } catch (IdentityException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return new HealthInfo(
        problems.isEmpty() ? "ok" : "degraded",
        chain.block(),
        days,
        sealers(),
        List.copyOf(problems));
  }

  private @Nullable Integer sealers() {
    try {
      return ethereum instanceof GethNode geth ? geth.sealers().size() : null;
    } catch (IOException e) {
      return null; // what is wrong with it is among the problems
    }
  }
}
