package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.testkit.TestContract;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContributionArrivalTest {
  private static final long GRACE_MS = 60_000;

  /** The last chunk decides, and a crash between two of them does not change it. */
  @Test
  void aRecordSaysWhenEachContributionWasComplete() throws Exception {
    TestContract contract = TestContract.of("c", "mean", 3, 3, GRACE_MS);
    Map<String, Long> arrivals = new HashMap<>();
    try (SwarmRig rig = new SwarmRig(1, contract)) {
      for (int site : new int[] {2, 0}) {
        rig.send(contract.contribution(site, 0, Hash.ZERO, contract.constant(4)));
        arrivals.put(contract.site(site).address(), rig.graph().nowMs());
        rig.settle();
        rig.advance(700);
      }
      Contribution late = contract.contribution(1, 0, Hash.ZERO, contract.constant(4));
      rig.send(late.chunk(0));
      rig.settle();
      rig.advance(5_000);
      rig.graph().checkpointAndCrash(2);
      for (int chunk = 1; chunk < late.chunkCount(); chunk++) {
        rig.send(late.chunk(chunk));
      }
      arrivals.put(contract.site(1).address(), rig.graph().nowMs());
      rig.settle();

      RoundRecord record = rig.records(contract).get(0);
      assertThat(record.getParticipants()).hasSize(3);
      assertThat(record.getArrivedAtMs())
          .containsExactlyElementsOf(
              record.getParticipants().stream()
                  .map(Participant::getSite)
                  .map(arrivals::get)
                  .toList());
    }
  }
}
