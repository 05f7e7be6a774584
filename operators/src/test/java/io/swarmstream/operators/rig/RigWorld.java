package io.swarmstream.operators.rig;

import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.testkit.misfortune.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rig as the world that scenarios are played on. */
public record RigWorld(GraphRig rig, Map<TopicPartition, Long> offsets) implements World {
  public static RigWorld make(long seed, int parallelism) throws Exception {
    return new RigWorld(new GraphRig(seed, parallelism), new HashMap<>());
  }

  @Override
  public long append(String topic, int partition, byte[] value) {
    long offset = offsets.merge(new TopicPartition(topic, partition), 1L, Long::sum) - 1;
    rig.siteRecord(new InboundRecord(topic, partition, offset, rig.nowMs(), value));
    return offset;
  }

  @Override
  public void contractEvent(ContractEvent event) {
    rig.contractEvents(List.of(event));
  }

  @Override
  public void setChainAway(boolean away) {
    rig.setChainAway(away);
  }

  @Override
  public boolean step() throws Exception {
    return rig.step();
  }

  @Override
  public void tick(long ms) {
    rig.tick(ms);
  }

  @Override
  public long nowMs() {
    return rig.nowMs();
  }

  @Override
  public void startCheckpoint() {
    rig.startCheckpoint();
  }

  @Override
  public void declineCheckpoint() {
    rig.declineCheckpoint();
  }

  @Override
  public void crash(int parallelism) throws Exception {
    rig.crash(parallelism);
  }

  @Override
  public List<OutboundRecord> committed() {
    return rig.committed();
  }

  @Override
  public List<Anchor> anchored() {
    return rig.anchored();
  }

  @Override
  public List<Anchor> refusedAnchors() {
    return rig.refusedAnchors();
  }

  @Override
  public void close() throws Exception {
    rig.close();
  }
}
