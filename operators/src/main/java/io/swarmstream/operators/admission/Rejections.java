package io.swarmstream.operators.admission;

import io.swarmstream.operators.messages.ForeignRecord;
import io.swarmstream.operators.messages.Receipt;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.Rejection;
import io.swarmstream.schemas.avro.SiteEvent;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.regex.Pattern;

/**
 * Makes rejection records for the contract's rejections topic, keyed by the site that may read
 * them. The reasons come from the checks of this package and of {@code coordination}.
 */
public final class Rejections {
  private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{40}");
  private static final int LONGEST_MESSAGE = 1_000;

  private Rejections() {}

  private static String readable(String text) {
    String cut = text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
    return cut.replaceAll("\\p{Cntrl}", "?");
  }

  /** Of a record that could not be read. */
  static OutboundRecord of(String contract, InboundRecord record, Flaw flaw, long nowMs) {
    return outbound(
        from(contract, flaw, nowMs)
            .setTopic(record.topic())
            .setPartition(record.partition())
            .setOffset(record.offset()));
  }

  /** Of a delta chunk. */
  static OutboundRecord of(
      String contract, InboundRecord record, DeltaChunk chunk, Flaw flaw, long nowMs) {
    return outbound(
        from(contract, flaw, nowMs)
            .setSite(chunk.getSite())
            .setRound(chunk.getRound())
            .setChunkIndex(chunk.getChunkIndex())
            .setContribution(Hash.of(chunk.getMerkleRoot()).hex())
            .setTopic(record.topic())
            .setPartition(record.partition())
            .setOffset(record.offset()));
  }

  /** Of a site event. */
  static OutboundRecord of(
      String contract, InboundRecord record, SiteEvent event, Flaw flaw, long nowMs) {
    return outbound(
        from(contract, flaw, nowMs)
            .setSite(event.getSite())
            .setTopic(record.topic())
            .setPartition(record.partition())
            .setOffset(record.offset()));
  }

  /** Of an admitted chunk that the coordinator rejects. */
  public static OutboundRecord of(Receipt receipt, Flaw flaw, long nowMs) {
    return outbound(
        from(receipt.contract(), flaw, nowMs)
            .setSite(receipt.site())
            .setRound(receipt.round())
            .setChunkIndex(receipt.chunk())
            .setContribution(receipt.contribution())
            .setTopic(Topic.DELTAS.of(receipt.contract()))
            .setPartition(receipt.ref().partition())
            .setOffset(receipt.ref().offset()));
  }

  /** Of a record in the rounds topic; keyed by no site, since its writer is unknown. */
  public static OutboundRecord of(ForeignRecord foreign, long nowMs) {
    Flaw flaw =
        new Flaw(
            foreign.reason(),
            foreign.field(),
            "ignored, because the job did not write it: "
                + foreign.message()
                + "; find out who else can write to this topic");
    return outbound(
        from(foreign.contract(), flaw, nowMs)
            .setRound(foreign.round())
            .setTopic(Topic.ROUNDS.of(foreign.contract()))
            .setPartition(foreign.partition())
            .setOffset(foreign.offset()));
  }

  /** Of a whole contribution. */
  public static OutboundRecord of(
      String contract, long round, String site, String contribution, Flaw flaw, long nowMs) {
    return outbound(
        from(contract, flaw, nowMs)
            .setSite(site)
            .setRound(round)
            .setContribution(contribution)
            .setTopic(Topic.DELTAS.of(contract)));
  }

  private static Rejection.Builder from(String contract, Flaw flaw, long nowMs) {
    return Rejection.newBuilder()
        .setContract(contract)
        .setReason(flaw.reason().code())
        .setField(flaw.field())
        .setMessage(flaw.message())
        .setSite("")
        .setRound(-1)
        .setChunkIndex(-1)
        .setContribution("")
        .setPartition(-1)
        .setOffset(-1)
        .setAtMs(nowMs);
  }

  private static OutboundRecord outbound(Rejection.Builder builder) {
    // A sender's text may have any length and content; a record that the broker refuses would stop
    // the job.
    builder.setSite(ADDRESS.matcher(builder.getSite()).matches() ? builder.getSite() : "");
    builder.setMessage(readable(builder.getMessage()));
    Rejection rejection = builder.build();
    return new OutboundRecord(
        Topic.REJECTIONS.of(rejection.getContract()),
        rejection.getSite(),
        WireFormat.REJECTION.encode(rejection));
  }
}
