package io.swarmstream.network.history;

import io.swarmstream.network.log.HeardNodes;
import io.swarmstream.network.log.OpenRounds;
import io.swarmstream.network.log.SwarmTail;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Passes rounds to a node's reader as Kafka does: as the records' bytes. */
final class ManyRounds {
  static final long BEGAN_MS = 1_700_000_000_000L;

  private final SwarmTail tail;
  private final List<Long> told = new ArrayList<>();
  private final String topic;
  private final String contract;

  ManyRounds(RoundHistory history, String contract) {
    this.contract = contract;
    this.topic = Topic.ROUNDS.of(contract);
    this.tail =
        new SwarmTail(
            history,
            new OpenRounds(),
            new HeardNodes(InstantSource.system()),
            round -> told.add(round.round()));
    var unused = tail.start(topic, "topic-1", 0);
  }

  /** Rounds that the node would tell to whoever watches. */
  List<Long> told() {
    return told;
  }

  static RoundRecord record(String contract, long round, int sites, List<String> leftOut) {
    List<Participant> participants = new ArrayList<>();
    for (int site = 0; site < sites; site++) {
      participants.add(
          new Participant(
              "0x%040x".formatted(site + 1),
              "site-" + site,
              Hash.ZERO.toAvro(),
              new ContributionHeader(
                  1, 64L, loss(round, site), Double.NaN, (double) round, 100.0, "training")));
    }
    return RoundRecord.newBuilder()
        .setContract(contract)
        .setTermsHash(Hash.ZERO.toAvro())
        .setRound(round)
        .setMethod("mean")
        .setParticipants(participants)
        .setLeftOut(leftOut)
        .setClosedBy("all-live")
        .setBaseHash(Hash.ZERO.toAvro())
        .setModelHash(Hash.sha256(new byte[] {(byte) round}).toAvro())
        .setParameterCount(10)
        .setChunkCount(3)
        .setMeanLoss(loss(round, 0) + (sites - 1) / 2.0)
        .setIterations(0)
        .setGap(0)
        .setOpenedAtMs(BEGAN_MS + round * 1_000)
        .setClosedAtMs(BEGAN_MS + round * 1_000 + 500)
        .build();
  }

  static double loss(long round, int site) {
    return 1_000_000 - round + site;
  }

  void pass(long round, int sites, String... leftOut) {
    pass(record(contract, round, sites, List.of(leftOut)), round);
  }

  void pass(RoundRecord record, long offset) {
    tail.accept(
        new ConsumerRecord<>(
            topic,
            0,
            offset,
            record.getClosedAtMs() + 20,
            TimestampType.CREATE_TIME,
            0,
            0,
            new byte[0],
            WireFormat.ROUND_RECORD.encode(record),
            new RecordHeaders(),
            java.util.Optional.empty()));
  }

  /** All that has arrived was passed on. */
  void commit() {
    tail.passedOn();
  }
}
