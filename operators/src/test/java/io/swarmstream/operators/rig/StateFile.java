package io.swarmstream.operators.rig;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;

/**
 * The state of operators in a file: what Flink writes as {@code _metadata} of a savepoint, zipped.
 * States are small enough for Flink to write them into that file itself.
 */
final class StateFile {
  private StateFile() {}

  /** Writes states of subtasks by the uid of their operator. */
  static void write(Path file, Map<String, List<OperatorSubtaskState>> states) throws IOException {
    List<OperatorState> operators = new ArrayList<>();
    for (Map.Entry<String, List<OperatorSubtaskState>> entry : new TreeMap<>(states).entrySet()) {
      List<OperatorSubtaskState> subtasks = entry.getValue();
      String uid = entry.getKey();
      if (subtasks.stream().noneMatch(OperatorSubtaskState::hasState)) {
        continue;
      }
      OperatorState operator =
          new OperatorState(uid, uid, id(uid), subtasks.size(), Wiring.MAX_PARALLELISM);
      for (int subtask = 0; subtask < subtasks.size(); subtask++) {
        operator.putState(subtask, subtasks.get(subtask));
      }
      operators.add(operator);
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      Checkpoints.storeCheckpointMetadata(new CheckpointMetadata(1, operators, List.of()), out);
    }
  }

  /** Reads states of subtasks by the uid of their operator. */
  static Map<String, List<OperatorSubtaskState>> read(Path file) throws IOException {
    byte[] bytes;
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      bytes = in.readAllBytes();
    }
    CheckpointMetadata metadata =
        Checkpoints.loadCheckpointMetadata(
            new DataInputStream(new ByteArrayInputStream(bytes)),
            StateFile.class.getClassLoader(),
            file.toString());
    Map<String, List<OperatorSubtaskState>> states = new TreeMap<>();
    for (OperatorState operator : metadata.getOperatorStates()) {
      List<OperatorSubtaskState> subtasks = new ArrayList<>();
      for (int subtask = 0; subtask < operator.getParallelism(); subtask++) {
        subtasks.add(operator.getState(subtask));
      }
      states.put(operator.getOperatorUid().orElseThrow(), subtasks);
    }
    return states;
  }

  /** Flink has such a hash of the uid; here the uid itself says whose state it is. */
  private static OperatorID id(String uid) {
    UUID id = UUID.nameUUIDFromBytes(uid.getBytes(StandardCharsets.UTF_8));
    return new OperatorID(id.getLeastSignificantBits(), id.getMostSignificantBits());
  }
}
