package io.swarmstream.operators.rig;

import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.RecordGoneException;
import io.swarmstream.schemas.wire.RecordLog;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.testkit.MemoryLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** What outlasts every crash of the job: the topics, committed records only, and the chain. */
final class DurableLog implements RecordLog {
  /** Of the run that goes on in this thread: a function of the graph cannot be handed one. */
  private static final ThreadLocal<DurableLog> CURRENT = new ThreadLocal<>();

  static final TopicPartition CONTRACT_EVENTS =
      new TopicPartition("contract-events", 0); // read by the source of that name;

  /** What the job wrote and committed, of all topics, in the order of the commits. */
  final List<OutboundRecord> committed = new ArrayList<>();

  /** Everything a sink got, committed or not, repeated or not. */
  final List<Object> written = new ArrayList<>();

  /** By contract, slash, round. */
  final Map<String, Anchor> anchors = new TreeMap<>();

  /** Anchors that the smart contract refused: of another record, or behind a gap. */
  final List<Anchor> refused = new ArrayList<>();

  /** What compaction has taken away, of what is {@link #committed}. */
  private final Set<OutboundRecord> replaced = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Map<TopicPartition, List<Object>> partitions = new HashMap<>();

  static DurableLog current() {
    return Objects.requireNonNull(CURRENT.get(), "no run in this thread");
  }

  /** From now on this is the log that functions open in this thread. */
  void makeCurrent() {
    CURRENT.set(this);
  }

  /** Takes away the model chunks under whose key a later one was written. */
  void compactModels() {
    Map<String, OutboundRecord> newest = new HashMap<>();
    for (OutboundRecord record : committed) {
      if (Topic.MODELS.contract(record.topic()).isPresent()
          || Topic.OPTIMIZER.contract(record.topic()).isPresent()) {
        OutboundRecord before = newest.put(record.topic() + " " + record.key(), record);
        if (before != null) {
          replaced.add(before);
        }
      }
    }
  }

  @Override
  public byte[] read(String topic, int partition, long offset) throws RecordGoneException {
    for (Object record : records(new TopicPartition(topic, partition))) {
      if (record instanceof InboundRecord inbound && inbound.offset() == offset) {
        return inbound.value();
      }
    }
    throw new RecordGoneException(topic, partition, offset);
  }

  @Override
  public <T> Optional<T> find(
      String topic, String key, long timestampMs, Function<byte[], Optional<T>> take) {
    return MemoryLog.find(
        committed.stream().filter(record -> !replaced.contains(record)).toList(),
        topic,
        key,
        timestampMs,
        take);
  }

  @Override
  public void close() {}

  List<Object> records(TopicPartition partition) {
    return partitions.computeIfAbsent(partition, unused -> new ArrayList<>());
  }

  Iterable<TopicPartition> partitions() {
    return List.copyOf(partitions.keySet());
  }

  /** A commit makes it visible; it can be read back from the topic of rounds, when it is there. */
  Optional<TopicPartition> commit(OutboundRecord record) {
    committed.add(record);
    if (Topic.ROUNDS.contract(record.topic()).isEmpty()) {
      return Optional.empty();
    }
    TopicPartition partition = new TopicPartition(record.topic(), 0);
    List<Object> records = records(partition);
    records.add(new InboundRecord(record.topic(), 0, records.size(), 0, record.value()));
    return Optional.of(partition);
  }

  /**
   * The smart contract: the same record again changes nothing, another one is refused, as a gap is.
   */
  void anchor(Anchor anchor) {
    String place = anchor.contract() + "/" + anchor.round();
    boolean gap =
        anchor.round() > 0 && !anchors.containsKey(anchor.contract() + "/" + (anchor.round() - 1));
    Anchor standing = anchors.get(place);
    if (gap || (standing != null && !standing.equals(anchor))) {
      refused.add(Objects.requireNonNull(anchor));
    } else {
      anchors.put(place, anchor);
    }
  }
}
