package io.swarmstream.clients.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.clients.chain.contracts.TaskBoard;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.crypto.Hash;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.utils.Numeric;

/**
 * Bodies of tasks. They are in events, in the writes that made them; storage has a hash over all
 * writes, so that a node cannot give others.
 */
final class TaskBodies {
  /**
   * Longest text of one transaction, in bytes. Nodes pass on transactions up to 128 KiB; this one
   * costs some four million gas of the thirty that a block has.
   */
  private static final int BATCH_BYTES = 96_000;

  private static final String WRITTEN = EventEncoder.encode(TaskBoard.TASKBODYWRITTEN_EVENT);
  private static final int HASH_BYTES = 32;

  private final JsonRpc rpc;
  private final EventQuery events;

  TaskBodies(JsonRpc rpc, String address) {
    this.rpc = rpc;
    this.events = new EventQuery(rpc, List.of(address));
  }

  /**
   * The lines of a body.
   *
   * @throws IllegalStateException when the node gives other writes than the chain has, or a write
   *     does not have the lines that it says
   */
  List<String> read(TaskBoard.Task task) {
    List<String> lines = new ArrayList<>();
    int writes = task.writes.intValueExact();
    if (writes == 0) {
      return lines;
    }
    String what = "read the body of task " + task.name;
    List<Log> logs =
        events.pagedLogs(
            what,
            task.firstBodyBlock.longValueExact(),
            task.lastBodyBlock.longValueExact(),
            WRITTEN,
            EventQuery.topic(task.id));
    // A later write may be in the same block.
    List<Log> own = logs.subList(0, Math.min(writes, logs.size()));
    if (own.size() < writes || !Arrays.equals(hash(own), task.writesHash)) {
      throw new IllegalStateException(
          "could not "
              + what
              + ": the node at "
              + rpc.place()
              + " gave another body than was written, or only a part; ask another node");
    }
    for (Log log : own) {
      var write = TaskBoard.getTaskBodyWrittenEventFromLog(log);
      apply(task, write.from.intValueExact(), write.count.intValueExact(), write.text, lines);
    }
    return lines;
  }

  /** The hash over all writes; of none when one is no write that the smart contract makes. */
  private static byte[] hash(List<Log> logs) {
    byte[] hash = new byte[HASH_BYTES];
    try {
      for (Log log : logs) {
        var write = TaskBoard.getTaskBodyWrittenEventFromLog(log);
        hash = over(hash, write.from, write.count, write.text);
      }
    } catch (RuntimeException e) {
      // What a node invents need not be readable, in more ways than web3j names.
      return new byte[HASH_BYTES];
    }
    return hash;
  }

  private static void apply(
      TaskBoard.Task task, int from, int count, String text, List<String> lines) {
    String[] written = text.split("\n", -1);
    if (written.length != count || from > lines.size() + 1) {
      throw new IllegalStateException(
          "task "
              + task.name
              + " is damaged: a write from line "
              + from
              + " says that it has "
              + count
              + " lines, and has "
              + written.length
              + "; do not run it");
    }
    for (int i = 0; i < count; i++) {
      int place = from - 1 + i;
      if (place < lines.size()) {
        lines.set(place, written[i]);
      } else {
        lines.add(written[i]);
      }
    }
  }

  /** The hash that the smart contract stores after a write. */
  private static byte[] over(byte[] before, BigInteger from, BigInteger count, String text) {
    String encoded =
        FunctionEncoder.encodeConstructor(
            List.of(
                new Bytes32(before),
                new Uint32(from),
                new Uint32(count),
                new Bytes32(Hash.sha3(text.getBytes(UTF_8)))));
    return Hash.sha3(Numeric.hexStringToByteArray(encoded));
  }

  /**
   * Lines in parts that each fit a transaction. A longer line makes a part of its own, which the
   * smart contract refuses.
   *
   * @param what completes "could not ..."
   * @throws IllegalArgumentException when a line has a line feed
   */
  static List<List<String>> batches(String what, List<String> lines) {
    List<List<String>> batches = new ArrayList<>();
    List<String> batch = new ArrayList<>();
    int bytes = 0;
    for (String line : lines) {
      if (line.indexOf('\n') >= 0) {
        throw new IllegalArgumentException(
            "could not " + what + ": a line has a line feed; give each line by itself");
      }
      int length = line.getBytes(UTF_8).length + 1;
      if (!batch.isEmpty() && bytes + length > BATCH_BYTES) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(line);
      bytes += length;
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }
}
