package io.swarmstream.operators.golden;

import io.swarmstream.operators.rig.GraphRig;
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

  /** After this long a new contract looks whether a checkpoint has it. */
  private static final long NEW_CONTRACT_MS = 20;

  private static final int MOST_STILL = 5_000;

  /** Something to do after each record that a site has sent. */
  interface Interruption {
    void happen() throws Exception;
  }

  private final GoldenContracts contracts;
  private final GraphRig rig;
  private final Random random;
  private long offset;

  /**
   * Prepares a play.
   *
   * @param firstOffset of what is sent in it; above all that stands in the log
   */
  GoldenRounds(GoldenContracts contracts, GraphRig rig, Random random, long firstOffset) {
    this.contracts = contracts;
    this.rig = rig;
    this.random = random;
    this.offset = firstOffset;
  }

  /** Has the contracts created. */
  void begin(Interruption interruption) throws Exception {
    rig.contractEvents(contracts.events());
    roundOfUnknownContract();
    steps(20);
    interruption.happen(); // while fences are under way
    rig.settle();
  }

  private void roundOfUnknownContract() {
    Hash some = contracts.unknown().terms().hash();
    RoundRecord record =
        RoundRecord.newBuilder()
            .setContract(contracts.unknown().name())
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
            .setPayloadHash(contracts.unknown().terms().payloadHash().code())
            .build();
    String topic = Topic.ROUNDS.of(contracts.unknown().name());
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
    int still = 0; // only clocks have gone on
    List<List<DeltaChunk>> waiting = new ArrayList<>();
    Map<String, String> models = models();
    while (models.size() < ROUNDS * contracts.played().size()) {
      for (TestContract contract : contracts.played()) {
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
        rig.tick(NEW_CONTRACT_MS);
        if (!rig.step() || ++still > MOST_STILL) {
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
        Topic.SITES.of(contracts.limited().name()),
        0,
        WireFormat.SITE_EVENT.encode(
            SiteEvents.sign(
                contracts.limited().site(3).key(),
                contracts.limited().terms(),
                SiteEvents.LEFT,
                1)));
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
    int sites = contract.equals(contracts.limited()) ? 3 : contract.sites().size();
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
