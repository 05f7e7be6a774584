package io.swarmstream.operators.rig;

import io.swarmstream.operators.SwarmTopology;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Runs the production graph, as {@link SwarmTopology} wires it, at any parallelism in one thread,
 * through crashes.
 *
 * <p>A seed decides which channel delivers next, as the network would; time stands still until it
 * is told to go on. What the graph writes can be read, and is read back, when {@link #commit} says
 * that a checkpoint has made it visible, or when one that was begun has completed.
 */
public final class GraphRig implements AutoCloseable {
  /** Written to the topics of that kind, committed or not; after a crash perhaps repeatedly. */
  public final List<OutboundRecord> models = new ArrayList<>();

  public final List<OutboundRecord> rounds = new ArrayList<>();
  public final List<OutboundRecord> rejections = new ArrayList<>();
  public final List<Anchor> anchors = new ArrayList<>();

  private final DurableLog log;
  private final Random random;
  private Cluster cluster;
  private long nowMs = 1_000_000;
  private boolean chainAway;
  private int sorted;

  public GraphRig(long seed) throws Exception {
    this(seed, 1);
  }

  public GraphRig(long seed, int parallelism) throws Exception {
    random = new Random(seed);
    log = new DurableLog();
    cluster = new Cluster(parallelism, log, random, Checkpoint.NONE, nowMs);
  }

  /** Takes up what {@link #save} wrote. */
  private GraphRig(long seed, int parallelism, LogFile saved, Checkpoint from) throws Exception {
    random = new Random(seed);
    log = saved.log();
    nowMs = saved.nowMs();
    cluster = new Cluster(parallelism, log, random, from, nowMs);
  }

  /**
   * A run from what an earlier version of the job has {@linkplain #save saved}.
   *
   * @param events all that the chain tells, read already or not
   */
  public static GraphRig restored(
      long seed, int parallelism, Path state, Path log, List<ContractEvent> events)
      throws Exception {
    LogFile saved = LogFile.read(log, events);
    return new GraphRig(
        seed,
        parallelism,
        saved,
        new Checkpoint(1, StateFile.read(state), saved.offsets(), saved.transactions()));
  }

  /** Takes a whole checkpoint among what is on its way, and writes it to files. */
  public void save(Path state, Path toLog) throws Exception {
    startCheckpoint();
    while (cluster.isCheckpointing() && step()) {}
    Checkpoint completed = cluster.completed();
    StateFile.write(state, completed.states());
    LogFile.of(nowMs, log, completed).write(toLog);
  }

  /** What keyed states hold, of all keys, by their operator's uid and their name. */
  public Map<String, Map<String, List<Object>>> keyedStates() throws Exception {
    return cluster.keyedStates();
  }

  /** Something arrives at the deltas or sites topic. */
  public void siteRecord(InboundRecord record) {
    append(new TopicPartition(record.topic(), record.partition()), record);
  }

  public void contractEvents(List<ContractEvent> events) {
    events.forEach(event -> append(DurableLog.CONTRACT_EVENTS, event));
  }

  /** Something stands in a rounds topic. */
  public void roundRecord(InboundRecord record) {
    append(new TopicPartition(record.topic(), record.partition()), record);
  }

  private void append(TopicPartition partition, Object record) {
    log.records(partition).add(record);
    cluster.more(partition);
  }

  /** Lets things happen until nothing is on its way any more. */
  public void run() throws Exception {
    while (step()) {}
  }

  /** Lets one thing happen, chosen at random; false when there is nothing. */
  public boolean step() throws Exception {
    boolean any = cluster.step();
    for (; sorted < log.written.size(); sorted++) {
      sort(log.written.get(sorted));
    }
    return any;
  }

  private void sort(Object written) {
    if (written instanceof Anchor anchor) {
      anchors.add(anchor);
    } else {
      OutboundRecord record = (OutboundRecord) written;
      String topic = record.topic();
      switch (topic.substring(topic.lastIndexOf('.') + 1)) {
        case "models" -> models.add(record);
        case "rounds" -> rounds.add(record);
        default -> rejections.add(record);
      }
    }
  }

  /** All that was written can be read, as if a checkpoint had been and gone. */
  public void commit() {
    cluster.commitNow();
  }

  /** Keeps some of what the graph writes to rounds and models on its way to the log. */
  public void hold(Predicate<OutboundRecord> which) {
    cluster.hold(record -> which.test((OutboundRecord) record));
  }

  /** What was written and is not in the log yet is never to be read. */
  public void loseUncommitted() {
    cluster.loseUncommitted();
    rounds.removeIf(record -> !log.committed.contains(record));
    models.removeIf(record -> !log.committed.contains(record));
  }

  /** Runs, commits what came of it, and so on until all is still. */
  public void settle() throws Exception {
    do {
      run();
      commit();
    } while (step());
  }

  /** Lets processing time go by, timers fire, and all settle. */
  public void advance(long ms) throws Exception {
    tick(ms);
    settle();
  }

  /** Lets processing time go by; when a subtask comes to look at its clock is left to chance. */
  public void tick(long ms) {
    nowMs += ms;
    cluster.tick(nowMs);
  }

  /** Keyed state entries of an operator, over all keys and states. */
  public int stateEntries(String uid) {
    return cluster.stateEntries(uid);
  }

  public int timers(String uid) {
    return cluster.timers(uid);
  }

  public long nowMs() {
    return nowMs;
  }

  /** Sends barriers off, unless some are on their way. */
  public void startCheckpoint() {
    cluster.startCheckpoint();
  }

  /** The checkpoint that is under way comes to nothing. */
  public void declineCheckpoint() {
    cluster.declineCheckpoint();
  }

  /** While the chain is away nothing can be anchored. */
  public void setChainAway(boolean away) {
    chainAway = away;
    cluster.setChainAway(away);
  }

  /**
   * Loses every process: what was on its way, all state, and what was written but not committed. A
   * new run starts from the newest completed checkpoint. What was on its way to the log may still
   * get there, among what the new run writes. Meanwhile the models topic is compacted.
   */
  public void crash(int parallelism) throws Exception {
    List<List<Object>> onTheWay = cluster.loseOnTheWay();
    cluster.close();
    log.compactModels();
    cluster = new Cluster(parallelism, log, random, cluster.completed(), nowMs);
    cluster.setChainAway(chainAway);
    for (List<Object> records : onTheWay) {
      cluster.arriveLate(records.subList(0, random.nextInt(records.size() + 1)));
    }
  }

  /** Takes a whole checkpoint among what is on its way, then loses every process. */
  public void checkpointAndCrash(int parallelism) throws Exception {
    startCheckpoint();
    while (cluster.isCheckpointing() && step()) {}
    crash(parallelism);
  }

  /** What readers of committed records see, of all topics. */
  public List<OutboundRecord> committed() {
    return log.committed;
  }

  /** What stands on the chain. */
  public List<Anchor> anchored() {
    return List.copyOf(log.anchors.values());
  }

  /** What the chain would not take. */
  public List<Anchor> refusedAnchors() {
    return log.refused;
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }
}
