package io.swarmstream.operators.golden;

import io.swarmstream.operators.rig.GraphRig;
import io.swarmstream.operators.rig.MaskedSites;
import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.testkit.TestContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * State of a masked round that waits for one more answer, with that answer and the model that comes
 * of it. Another version of the state is another folder.
 */
final class GoldenMasks {
  private static final Path FOLDER = Path.of("src/test/resources/golden-masks/v1");
  private static final Path STATE = FOLDER.resolve("state.gz");
  private static final Path LOG = FOLDER.resolve("log.gz");
  private static final Path ANSWER = FOLDER.resolve("answer.bin");
  private static final Path MODEL = FOLDER.resolve("model.txt");

  private static final int[] ALL = {0, 1, 2, 3};

  private static final TestContract CONTRACT =
      TestContract.of("m", "mean", 4, 3, 1_000).withPrivacy("masked(range=2)");

  private GoldenMasks() {}

  /** Writes the files, once for each version of the state. */
  public static void main(String[] args) throws Exception {
    Files.createDirectories(FOLDER);
    try (SwarmRig rig = new SwarmRig(1, CONTRACT)) {
      MaskedSites sites = new MaskedSites(rig, CONTRACT);
      rig.graph().startCheckpoint();
      rig.settle();
      sites.announce(ALL);
      rig.settle();
      sites.offer(0, ALL);
      rig.settle();
      sites.contribute(0, ALL);
      rig.settle();
      sites.confirm(0, 0, 1, 2);
      rig.settle();
      sites.answer(0, 0, 1);
      rig.settle();
      rig.graph().save(STATE, LOG);
      Files.write(ANSWER, sites.answerBytes(0, 2));
      sites.answer(0, 2);
      rig.settle();
      Files.writeString(
          MODEL,
          Hash.of(rig.newestRecord(CONTRACT).orElseThrow().getModelHash()).hex(),
          StandardCharsets.UTF_8);
    }
  }

  static GraphRig restored() throws Exception {
    return GraphRig.restored(1, 1, STATE, LOG, CONTRACT.events());
  }

  /** The answer that the round waits for. */
  static InboundRecord answer(long nowMs) throws Exception {
    return new InboundRecord(
        Topic.DELTAS.of(CONTRACT.name()), 0, 1_000, nowMs, Files.readAllBytes(ANSWER));
  }

  /** Hash of the model, hex. */
  static String model() throws Exception {
    return Files.readString(MODEL, StandardCharsets.UTF_8);
  }
}
