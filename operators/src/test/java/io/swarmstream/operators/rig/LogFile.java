package io.swarmstream.operators.rig;

import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a job that takes up a checkpoint finds outside of its state, in a file: the topics, how far
 * they were read, what the sinks have still to commit, and the time.
 *
 * @param nowMs time of the checkpoint
 * @param offsets what the sources read next
 * @param pending what the checkpoint closed and nobody had committed yet
 */
record LogFile(
    long nowMs,
    DurableLog log,
    Map<TopicPartition, Integer> offsets,
    List<OutboundRecord> pending) {

  /** The job at a checkpoint that has just completed. */
  static LogFile of(long nowMs, DurableLog log, Checkpoint checkpoint) {
    List<OutboundRecord> pending = new ArrayList<>();
    for (Transaction transaction : checkpoint.pending().getOrDefault(Wiring.LOG_SINK, List.of())) {
      if (!transaction.isCommitted()) {
        transaction.records.forEach(record -> pending.add((OutboundRecord) record));
      }
    }
    return new LogFile(nowMs, log, checkpoint.offsets(), pending);
  }

  /** Contract events are left out: the chain tells them again. */
  void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
      out.writeLong(nowMs);
      out.writeInt(offsets.size());
      for (Map.Entry<TopicPartition, Integer> entry : offsets.entrySet()) {
        out.writeUTF(entry.getKey().topic());
        out.writeInt(entry.getKey().partition());
        out.writeInt(entry.getValue());
      }
      List<InboundRecord> inbound = new ArrayList<>();
      for (TopicPartition partition : log.partitions()) {
        for (Object record : log.records(partition)) {
          if (record instanceof InboundRecord one) {
            inbound.add(one);
          }
        }
      }
      out.writeInt(inbound.size());
      for (InboundRecord record : inbound) {
        out.writeUTF(record.topic());
        out.writeInt(record.partition());
        out.writeLong(record.offset());
        out.writeLong(record.appendedMs());
        write(record.value(), out);
      }
      write(log.committed, out);
      write(pending, out);
    }
  }

  private static void write(List<OutboundRecord> records, DataOutputStream out) throws IOException {
    out.writeInt(records.size());
    for (OutboundRecord record : records) {
      out.writeUTF(record.topic());
      out.writeUTF(record.key());
      write(record.value(), out);
      @Nullable Long timestampMs = record.timestampMs();
      out.writeBoolean(timestampMs != null);
      out.writeLong(timestampMs == null ? 0 : timestampMs);
    }
  }

  private static void write(byte[] value, DataOutputStream out) throws IOException {
    out.writeInt(value.length);
    out.write(value);
  }

  static LogFile read(Path file, List<ContractEvent> events) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      long nowMs = in.readLong();
      Map<TopicPartition, Integer> offsets = new HashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        offsets.put(new TopicPartition(in.readUTF(), in.readInt()), in.readInt());
      }
      DurableLog log = new DurableLog();
      log.records(DurableLog.CONTRACT_EVENTS).addAll(events);
      for (int left = in.readInt(); left > 0; left--) {
        String topic = in.readUTF();
        int partition = in.readInt();
        log.records(new TopicPartition(topic, partition))
            .add(new InboundRecord(topic, partition, in.readLong(), in.readLong(), bytes(in)));
      }
      log.committed.addAll(outbound(in));
      return new LogFile(nowMs, log, offsets, outbound(in));
    }
  }

  private static List<OutboundRecord> outbound(DataInputStream in) throws IOException {
    List<OutboundRecord> records = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      String topic = in.readUTF();
      String key = in.readUTF();
      byte[] value = bytes(in);
      boolean timed = in.readBoolean();
      long timestampMs = in.readLong();
      records.add(new OutboundRecord(topic, key, value, timed ? timestampMs : null));
    }
    return records;
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    return Objects.requireNonNull(in.readNBytes(in.readInt()));
  }

  /** What the sinks have still to commit, as a checkpoint holds it. */
  Map<String, List<Transaction>> transactions() {
    Transaction transaction = new Transaction();
    transaction.records.addAll(pending);
    return Map.of(Wiring.LOG_SINK, List.of(transaction));
  }
}
