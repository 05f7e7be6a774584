package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.embedded.EmbeddedKafka;
import io.swarmstream.local.DishonestKafka.Logged;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.verification.RoundVerdict.Status;
import io.swarmstream.verification.Verification;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four sites mask their deltas, on real Kafka and Flink; one of them dies in the middle. */
class MaskedTrainingITCase {
  private static final int PARAMETERS = 1000;
  private static final int CHUNK_VALUES = 300;
  private static final String CONTRACT = "masked";
  private static final int SITES = 4;

  /**
   * What the sites add in each round, in hundredths; their mean is 2.5 of all, 2 of the first 3.
   */
  private static final int[] STEPS = {1, 2, 3, 4};

  private static final int LOST_ROUND = 2;

  @TempDir private static Path folder;

  private static LocalSwarm swarm;
  private static EmbeddedKafka broker;
  private static List<Logged> truth;
  private static final List<Merged> SEEN = new ArrayList<>();

  /** The last value of each of these models, which sites keep only while they are the newest. */
  private static final List<Float> VALUES = new ArrayList<>();

  @BeforeAll
  static void train() throws Exception {
    broker = EmbeddedKafka.start();
    swarm = LocalSwarm.start(LocalSwarmOptions.defaults());
    ModelLayout layout = ModelLayout.flat(PARAMETERS);
    swarm.createContract(
        new ContractTerms(
                CONTRACT,
                swarm.owner().network(),
                "mean",
                3,
                10_000,
                PARAMETERS,
                CHUNK_VALUES,
                DeltaEncoding.FLOAT32,
                layout.hash().hex())
            .withPrivacy(Privacy.of("masked(range=2)")),
        layout);
    MaskedSwarm.enrol(swarm, CONTRACT, SITES);
    List<SwarmSite> sites = new ArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (int site = 0; site < SITES; site++) {
        sites.add(MaskedSwarm.join(swarm, CONTRACT, folder, site));
      }
      for (int round = 0; round < LOST_ROUND; round++) {
        SEEN.add(sync(threads, sites));
      }
      String lost = MaskedSwarm.key(SITES - 1).address();
      var unused = MaskedSwarm.cohort(swarm, CONTRACT, LOST_ROUND, cohort -> cohort.has(lost));
      sites.remove(SITES - 1).close(); // it has offered, and says nothing more
      SEEN.add(sync(threads, sites));
      sites.add(MaskedSwarm.join(swarm, CONTRACT, folder, SITES - 1));
      while (SEEN.get(SEEN.size() - 1).summary().participants().size() < SITES && SEEN.size() < 8) {
        SEEN.add(sync(threads, sites));
      }
      float[] merged = sites.get(0).base().orElseThrow().weights();
      assertThatThrownBy(
              () -> sites.get(0).sync(merged, Sites.report().withWeight(0), Sites.DEADLINE))
          .hasMessageContaining("hides no other");
    } finally {
      threads.shutdownNow();
      sites.forEach(SwarmSite::close);
    }
    truth = DishonestKafka.read(swarm.kafka(), CONTRACT);
  }

  private static Merged sync(ExecutorService threads, List<SwarmSite> sites) throws Exception {
    Merged merged = MaskedSwarm.sync(threads, sites, PARAMETERS, number -> STEPS[number] / 100f);
    VALUES.add(merged.weights()[PARAMETERS - 1]);
    return merged;
  }

  @AfterAll
  static void stop() {
    swarm.close();
    broker.close();
  }

  @Test
  void mergesTheMeanOfThoseWhoAreIn() {
    double model = 0;
    for (int i = 0; i < SEEN.size(); i++) {
      model += SEEN.get(i).summary().participants().size() == SITES ? 0.025 : 0.02;
      assertThat((double) VALUES.get(i)).as("model of round %d", i).isCloseTo(model, within(1e-5));
    }
  }

  @Test
  void goesOnWithoutTheSiteThatDiedAndTakesItBack() {
    assertThat(SEEN.get(LOST_ROUND).summary().participants()).hasSize(SITES - 1);
    assertThat(record(LOST_ROUND).getMaskMembers()).hasSize(SITES);
    assertThat(SEEN.get(SEEN.size() - 1).summary().participants()).hasSize(SITES);
  }

  @Test
  void isProvenWhole() throws Exception {
    Verification all = verify(swarm.kafka());

    assertThat(all.status()).as(all.toString()).isEqualTo(Status.PROVEN);
    assertThat(all.rounds()).hasSize(SEEN.size());
  }

  @Test
  void findsAFlippedBitOfAMaskedDelta() throws Exception {
    List<Logged> lie =
        DishonestKafka.altered(
            truth,
            each -> each.topic() == Topic.DELTAS && isChunkOf(each, 1),
            MaskedTrainingITCase::flipped);
    try (DishonestKafka kafka = DishonestKafka.serve(broker, CONTRACT, truth, all -> lie)) {
      Verification all = verify(kafka.endpoint());

      assertThat(all.rounds().get(1).status()).as(all.toString()).isEqualTo(Status.FAILED);
    }
  }

  private static boolean isChunkOf(Logged record, long round) {
    return WireFormat.DELTA_CHUNK.frames(record.value()) && chunk(record).getRound() == round;
  }

  private static byte[] flipped(Logged record) {
    DeltaChunk chunk = chunk(record);
    byte[] payload = AvroBytes.of(chunk.getPayload()).clone();
    payload[5] ^= 1;
    return WireFormat.DELTA_CHUNK.encode(
        DeltaChunk.newBuilder(chunk).setPayload(ByteBuffer.wrap(payload)).build());
  }

  private Verification verify(KafkaEndpoint kafka) throws Exception {
    return TrainingProof.of(
        CONTRACT, OptionalLong.empty(), kafka, swarm.chain(), folder.resolve("verify"));
  }

  private static DeltaChunk chunk(Logged record) {
    try {
      return WireFormat.DELTA_CHUNK.decode(record.value());
    } catch (MalformedRecordException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RoundRecord record(long round) {
    return DishonestKafka.roundRecords(truth).stream()
        .filter(record -> record.getRound() == round)
        .findFirst()
        .orElseThrow();
  }
}
