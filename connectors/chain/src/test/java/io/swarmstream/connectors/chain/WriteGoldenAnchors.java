package io.swarmstream.connectors.chain;

import static io.swarmstream.testkit.real.DevChain.anchor;

import io.swarmstream.schemas.Anchor;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/**
 * Writes the golden state of {@link AnchorRounds} with today's code; run in the module's folder.
 *
 * <p><b>Overwriting the file abandons the state of every running job.</b> When the test of golden
 * state fails, the code is wrong, not the file.
 */
final class WriteGoldenAnchors {
  /** What commit df4310f wrote, as Flink writes {@code _metadata} of a savepoint. */
  static final Path FILE = Path.of("src/test/resources/golden/state/anchor-rounds.state");

  private static final String UID = "anchor-rounds";

  private WriteGoldenAnchors() {}

  public static void main(String[] args) throws Exception {
    FakeAnchoring chain = new FakeAnchoring();
    chain.isAway = true;
    try (var job =
        new OneInputStreamOperatorTestHarness<Anchor, Void>(
            new ProcessOperator<>(new AnchorRounds(chain.factory())))) {
      job.open();
      for (int round = 0; round < 3; round++) {
        job.processElement(anchor("a", round, "record " + round), 0);
      }
      job.processElement(anchor("b", 0, "record 0"), 0);
      OperatorState operator = new OperatorState(UID, UID, new OperatorID(1, 1), 1, 1);
      operator.putState(0, job.snapshot(1, 1));
      Files.createDirectories(FILE.getParent());
      try (OutputStream out = Files.newOutputStream(FILE)) {
        Checkpoints.storeCheckpointMetadata(
            new CheckpointMetadata(1, List.of(operator), List.of()), out);
      }
    }
  }

  static OperatorSubtaskState read() throws IOException {
    CheckpointMetadata metadata =
        Checkpoints.loadCheckpointMetadata(
            new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(FILE))),
            WriteGoldenAnchors.class.getClassLoader(),
            FILE.toString());
    return metadata.getOperatorStates().iterator().next().getState(0);
  }
}
