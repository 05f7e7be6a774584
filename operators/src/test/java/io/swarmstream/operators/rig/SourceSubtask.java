package io.swarmstream.operators.rig;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * One subtask of a source: reads its partitions from where the checkpoint was, and begins the
 * barrier of a checkpoint when it hears of it.
 */
final class SourceSubtask {
  /** Told of a source's part of a checkpoint: the next offset of each partition. */
  @FunctionalInterface
  interface Acknowledgement {
    void of(long checkpoint, Map<TopicPartition, Integer> offsets);
  }

  private final DurableLog log;
  private final Outputs outputs;
  private final Choices choices;
  private final Map<TopicPartition, Integer> offsets = new HashMap<>();
  private final Map<TopicPartition, Choice> readers = new HashMap<>();
  private final Trigger trigger = new Trigger();
  private final Acknowledgement acknowledgement;

  SourceSubtask(DurableLog log, Outputs outputs, Choices choices, Acknowledgement acknowledgement) {
    this.log = log;
    this.outputs = outputs;
    this.choices = choices;
    this.acknowledgement = acknowledgement;
  }

  /** Takes a partition on, from an offset. */
  void assign(TopicPartition partition, int offset) {
    offsets.put(partition, offset);
    readers.put(partition, new Reader(partition));
    more(partition);
  }

  /** There may be more in a partition. */
  void more(TopicPartition partition) {
    if (!readers.containsKey(partition)) {
      assign(partition, 0);
    } else {
      choices.offer(readers.get(partition));
    }
  }

  /** The news of a checkpoint is on its way. */
  void trigger(long checkpoint) {
    trigger.waiting.add(checkpoint);
    choices.offer(trigger);
  }

  private final class Reader extends Choice {
    private final TopicPartition partition;

    Reader(TopicPartition partition) {
      this.partition = partition;
    }

    @Override
    void happen() {
      int offset = offsets.getOrDefault(partition, 0);
      offsets.put(partition, offset + 1);
      outputs.send(log.records(partition).get(offset));
    }

    @Override
    boolean possible() {
      return offsets.getOrDefault(partition, 0) < log.records(partition).size();
    }
  }

  private final class Trigger extends Choice {
    private final Deque<Long> waiting = new ArrayDeque<>();

    @Override
    void happen() {
      long checkpoint = waiting.remove();
      outputs.barrier(checkpoint);
      acknowledgement.of(checkpoint, Map.copyOf(offsets));
    }

    @Override
    boolean possible() {
      return !waiting.isEmpty();
    }
  }
}
