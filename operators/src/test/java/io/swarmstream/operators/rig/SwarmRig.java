package io.swarmstream.operators.rig;

import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.contribution.SiteEvents;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A {@link GraphRig} spoken to in the words of sites and readers. */
public final class SwarmRig implements AutoCloseable {
  /** How long a contribution may wait for others. */
  public static final Duration CONTRIBUTION_LIFETIME = Wiring.LIFETIME;

  /** After this long a new contract looks whether a checkpoint has it. */
  public static final long NEW_CONTRACT_MS = 20;

  /** Of a deltas topic. */
  private static final int PARTITIONS = 4;

  private final GraphRig graph;
  private long offset;

  public SwarmRig(long seed, TestContract... contracts) throws Exception {
    this(seed, 1, contracts);
  }

  public SwarmRig(long seed, int parallelism, TestContract... contracts) throws Exception {
    graph = new GraphRig(seed, parallelism);
    for (TestContract contract : contracts) {
      graph.contractEvents(contract.events());
    }
    graph.settle();
    graph.advance(NEW_CONTRACT_MS);
  }

  public GraphRig graph() {
    return graph;
  }

  /** Puts all chunks on the way, in their order. */
  public void send(Contribution contribution) {
    for (int chunk = 0; chunk < contribution.chunkCount(); chunk++) {
      send(contribution.chunk(chunk));
    }
  }

  /** Puts a chunk on the way, in the partition of its index. */
  public void send(DeltaChunk chunk) {
    sendBytes(
        chunk.getContract(),
        chunk.getChunkIndex() % PARTITIONS,
        WireFormat.DELTA_CHUNK.encode(chunk));
  }

  /** Puts bytes on the contract's deltas topic; returns their offset. */
  public long sendBytes(String contract, byte[] bytes) {
    return sendBytes(contract, 0, bytes);
  }

  private long sendBytes(String contract, int partition, byte[] bytes) {
    graph.siteRecord(
        new InboundRecord(Topic.DELTAS.of(contract), partition, offset, graph.nowMs(), bytes));
    return offset++;
  }

  public void say(TestContract contract, int site, String kind, long atMs) {
    byte[] event =
        WireFormat.SITE_EVENT.encode(
            SiteEvents.sign(contract.site(site).key(), contract.terms(), kind, atMs));
    graph.siteRecord(
        new InboundRecord(Topic.SITES.of(contract.name()), 0, offset++, graph.nowMs(), event));
  }

  public void settle() throws Exception {
    graph.settle();
  }

  public void advance(long ms) throws Exception {
    graph.advance(ms);
  }

  public void checkpointAndCrash(int parallelism) throws Exception {
    graph.checkpointAndCrash(parallelism);
  }

  /** Round records of a contract in the order in which they were written. */
  public List<RoundRecord> records(TestContract contract) throws MalformedRecordException {
    List<RoundRecord> records = new ArrayList<>();
    for (var outbound : graph.rounds) {
      if (outbound.topic().equals(Topic.ROUNDS.of(contract.name()))
          && WireFormat.ROUND_RECORD.frames(outbound.value())) {
        records.add(WireFormat.ROUND_RECORD.decode(outbound.value()));
      }
    }
    return records;
  }

  /** Notices other than fences. */
  public List<RoundNotice> notices(TestContract contract) throws MalformedRecordException {
    List<RoundNotice> notices = new ArrayList<>();
    for (var outbound : graph.rounds) {
      if (outbound.topic().equals(Topic.ROUNDS.of(contract.name()))
          && WireFormat.ROUND_NOTICE.frames(outbound.value())) {
        RoundNotice notice = WireFormat.ROUND_NOTICE.decode(outbound.value());
        if (notice.getFence().isEmpty()) {
          notices.add(notice);
        }
      }
    }
    return notices;
  }

  public List<Rejection> rejections() throws MalformedRecordException {
    List<Rejection> rejections = new ArrayList<>();
    for (var outbound : graph.rejections) {
      rejections.add(WireFormat.REJECTION.decode(outbound.value()));
    }
    return rejections;
  }

  /** The newest model, whole; empty before the first round. */
  public Optional<float[]> model(TestContract contract) throws MalformedRecordException {
    float[] model = new float[Math.toIntExact(contract.terms().parameterCount())];
    boolean any = false;
    for (var outbound : graph.models) {
      if (outbound.topic().equals(Topic.MODELS.of(contract.name()))) {
        ModelChunk chunk = WireFormat.MODEL_CHUNK.decode(outbound.value());
        int at = Math.toIntExact(contract.terms().chunks().offset(chunk.getChunkIndex()));
        FloatCodec.decode(chunk.getPayload(), model, at);
        any = true;
      }
    }
    return any ? Optional.of(model) : Optional.empty();
  }

  /** The round record of a contract that was written last. */
  public Optional<RoundRecord> newestRecord(TestContract contract) throws MalformedRecordException {
    for (int i = graph.rounds.size() - 1; i >= 0; i--) {
      OutboundRecord outbound = graph.rounds.get(i);
      if (outbound.topic().equals(Topic.ROUNDS.of(contract.name()))
          && WireFormat.ROUND_RECORD.frames(outbound.value())) {
        return Optional.of(WireFormat.ROUND_RECORD.decode(outbound.value()));
      }
    }
    return Optional.empty();
  }

  /** What the next round starts from. */
  public Hash base(TestContract contract) throws MalformedRecordException {
    return newestRecord(contract).map(record -> Hash.of(record.getModelHash())).orElse(Hash.ZERO);
  }

  @Override
  public void close() throws Exception {
    graph.close();
  }
}
