package io.swarmstream.local;

import io.swarmstream.clients.network.PartDetail;
import io.swarmstream.clients.network.PartInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kafka, chain and job of a local swarm, as its supervisor has seen them last. */
public final class MachineParts {
  private static final String ORGANISATION = "this machine";

  private final LocalSwarm swarm;
  private final SwarmSupervisor supervisor;

  public MachineParts(LocalSwarm swarm, SwarmSupervisor supervisor) {
    this.swarm = swarm;
    this.supervisor = supervisor;
  }

  /** How they are. */
  public List<PartInfo> now() {
    Map<String, SwarmSupervisor.Standing> troubled = supervisor.troubled();
    return List.of(
        part(
            "kafka",
            "Kafka",
            troubled.get(WatchedBroker.NAME),
            swarm.kafka().bootstrapServers(),
            List.of()),
        part(
            "chain",
            "Ethereum chain",
            troubled.get(WatchedChain.NAME),
            swarm.chain().rpcUrl(),
            block()),
        part("job", "main job", troubled.get(WatchedJob.NAME), null, swarm.cluster().details()));
  }

  private List<PartDetail> block() {
    try {
      return List.of(new PartDetail("block", Long.toString(swarm.owner().newestBlock())));
    } catch (RuntimeException e) {
      return List.of(); // the supervisor says what is wrong
    }
  }

  private static PartInfo part(
      String kind,
      String name,
      SwarmSupervisor.@Nullable Standing trouble,
      @Nullable String address,
      List<PartDetail> details) {
    @Nullable Instant since = trouble == null ? null : trouble.since();
    return new PartInfo(
        kind,
        kind,
        name,
        "owner",
        ORGANISATION,
        trouble == null ? "ok" : trouble.isDown() ? "down" : "warn",
        since == null ? null : since.toString(),
        trouble == null ? null : trouble.sentence(),
        null,
        address,
        null,
        false,
        null,
        details);
  }
}
