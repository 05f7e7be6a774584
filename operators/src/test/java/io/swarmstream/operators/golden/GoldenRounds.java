package io.swarmstream.operators.golden;

import io.swarmstream.operators.rig.GraphRig;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.contribution.SiteEvents;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * Some rounds of three contracts: what their sites send depends on nothing but site and round, so
 * that every play of them, with whatever interruption, makes the same models.
 */
@SuppressWarnings("NullAway") // a round that lacks a part fails here just as well
final class GoldenRounds {
  static final int ROUNDS = 3;
  private static final long GRACE_MS = 30_000;

  /** Its fourth site has left before the first round. */
  static final TestContract LIMITED =
      TestContract.of("limited", "mean", 4, 2, GRACE_MS).limited("share=1/2;norm=median*2");

  static final TestContract MEDIAN = TestContract.of("median", "geomedian", 3, 3, GRACE_MS);

  static final TestContract PACED =
      TestContract.of("paced", "mean", 3, 3, GRACE_MS).encoded(DeltaEncoding.INT8).adaptive(64);

  static final List<TestContract> CONTRACTS = List.of(LIMITED, MEDIAN, PACED);

  /** The chain does not name it yet, and its log has a round already. */
  static final TestContract UNKNOWN = TestContract.of("unknown", "mean", 2, 2, GRACE_MS);

  /** Something to do after each record that a site has sent. */
  interface Interruption {
    void happen() throws Exception;
  }

  private final GraphRig rig;
  private final Random random;
  private long offset;

  /**
   * Prepares a play.
   *
   * @param firstOffset of what is sent in it; above all that stands in the log
   */
  GoldenRounds(GraphRig rig, Random random, long firstOffset) {
    this.rig = rig;
    this.random = random;
    this.offset = firstOffset;
  }

  static List<ContractEvent> events() {
    List<ContractEvent> events = new ArrayList<>();
    CONTRACTS.forEach(contract -> events.addAll(contract.events()));
    return events;
  }

  /** Has the contracts created. */
  void begin(Interruption interruption) throws Exception {
    rig.contractEvents(events());
    roundOfUnknownContract();
    steps(20);
    interruption.happen(); // while fences are under way
    rig.settle();
  }

  private void roundOfUnknownContract() {
    Hash some = UNKNOWN.terms().hash();
    RoundRecord record =
        RoundRecord.newBuilder()
            .setContract(UNKNOWN.name())
            .setTermsHash(some.toAvro())
            .setRound(5)
            .setMethod("mean")
            .setParticipants(List.of())
            .setLeftOut(List.of())
            .setClosedBy("all-live")
            .setBaseHash(some.toAvro())
            .setModelHash(some.toAvro())
            .setParameterCount(10)
            .setChunkCount(3)
            .setMeanLoss(1)
            .setIterations(0)
            .setGap(0)
            .setOpenedAtMs(1)
            .setClosedAtMs(2)
            .setDrift(0)
            .setAllowedDrift(0)
            .setNextInterval(0)
            .setNormLimit(0)
            .setNorms(List.of())
            .build();
    String topic = Topic.ROUNDS.of(UNKNOWN.name());
    rig.roundRecord(
        new InboundRecord(topic, 0, 0, rig.nowMs(), WireFormat.ROUND_RECORD.encode(record)));
  }

  /**
   * Plays all rounds that are not sealed yet to their end.
   *
   * @return model hashes, hex, by contract, blank, round
   */
  Map<String, String> play(Interruption interruption) throws Exception {
    leave();
    Map<TestContract, Integer> begun = new HashMap<>();
    List<List<DeltaChunk>> waiting = new ArrayList<>();
    Map<String, String> models = models();
    while (models.size() < ROUNDS * CONTRACTS.size()) {
      for (TestContract contract : CONTRACTS) {
        int round = 0;
        while (models.containsKey(contract.name() + " " + round)) {
          round++;
        }
        if (round < ROUNDS && begun.getOrDefault(contract, -1) < round) {
          begun.put(contract, round);
          Hash base =
              round == 0
                  ? Hash.ZERO
                  : Hash.ofHex(
                      Objects.requireNonNull(models.get(contract.name() + " " + (round - 1))));
          waiting.add(chunks(contract, round, base));
        }
      }
      waiting.removeIf(List::isEmpty);
      if (!waiting.isEmpty()) {
        List<DeltaChunk> some = waiting.get(random.nextInt(waiting.size()));
        DeltaChunk chunk = some.remove(some.size() - 1);
        site(
            Topic.DELTAS.of(chunk.getContract()),
            chunk.getChunkIndex(),
            WireFormat.DELTA_CHUNK.encode(chunk));
        steps(random.nextInt(20));
        interruption.happen();
      } else if (!rig.step()) {
        rig.commit();
        if (!rig.step()) {
          throw new AssertionError("nothing moves any more; sealed are " + models);
        }
      }
      models = models();
    }
    rig.settle();
    return models;
  }

  /** Said twice, it is heard once. */
  private void leave() throws Exception {
    site(
        Topic.SITES.of(LIMITED.name()),
        0,
        WireFormat.SITE_EVENT.encode(
            SiteEvents.sign(LIMITED.site(3).key(), LIMITED.terms(), SiteEvents.LEFT, 1)));
    rig.settle();
  }

  private void site(String topic, int partition, byte[] value) {
    rig.siteRecord(new InboundRecord(topic, partition, offset++, rig.nowMs(), value));
  }

  private void steps(int count) throws Exception {
    for (int left = count; left > 0 && rig.step(); left--) {}
  }

  /** Of all that take part, in some order. */
  private List<DeltaChunk> chunks(TestContract contract, int round, Hash base) {
    int sites = contract.equals(LIMITED) ? 3 : contract.sites().size();
    List<DeltaChunk> chunks = new ArrayList<>();
    for (int site = 0; site < sites; site++) {
      Contribution contribution = contribution(contract, site, round, base);
      for (int chunk = 0; chunk < contribution.chunkCount(); chunk++) {
        chunks.add(contribution.chunk(chunk));
      }
    }
    Collections.shuffle(chunks, random);
    return chunks;
  }

  /** A contribution in which each site weighs and means something else, one much. */
  static Contribution contribution(TestContract contract, int site, int round, Hash base) {
    Random values = new Random(round * 100L + site);
    float[] delta = contract.constant(0);
    for (int i = 0; i < delta.length; i++) {
      delta[i] = (float) values.nextGaussian() * (site == 1 ? 50 : 1);
    }
    return contract.contribution(site, round, base, TestContract.header(1 + 3 * site), delta);
  }

  /** What is sealed, by contract, blank, round. */
  private Map<String, String> models() throws MalformedRecordException {
    Map<String, String> models = new TreeMap<>();
    List<OutboundRecord> records = new ArrayList<>(rig.committed());
    records.addAll(rig.rounds);
    for (OutboundRecord outbound : records) {
      if (Topic.ROUNDS.contract(outbound.topic()).isPresent()
          && WireFormat.ROUND_RECORD.frames(outbound.value())) {
        RoundRecord record = WireFormat.ROUND_RECORD.decode(outbound.value());
        models.put(
            record.getContract() + " " + record.getRound(), Hash.of(record.getModelHash()).hex());
      }
    }
    return models;
  }
}
