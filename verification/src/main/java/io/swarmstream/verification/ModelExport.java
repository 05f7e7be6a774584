package io.swarmstream.verification;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.log.LogHistory;
import io.swarmstream.clients.kafka.log.ModelLog;
import io.swarmstream.clients.kafka.log.SupersededRoundException;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Exports the proven model of a round: reads the newest from its topic, and replays the rounds up
 * to an earlier one.
 */
public final class ModelExport {
  private final VerifyOptions options;
  private final VerifyJob.Place place;
  private final Progress progress;

  /**
   * Prepares an export.
   *
   * @param options contract and round; without a round: the newest
   */
  public ModelExport(VerifyOptions options, VerifyJob.Place place, Progress progress) {
    this.options = options;
    this.place = place;
    this.progress = progress;
  }

  /** An exported model, identified by its Merkle root. */
  public record Exported(long round, Hash modelHash) {}

  /**
   * Passes the model to the sink. The chunks are valid only once this returns; a chunk may be
   * passed twice.
   *
   * @throws IllegalArgumentException when there is no such contract, or no such round
   * @throws IllegalStateException when the model cannot be proven or replayed, with the reason
   */
  public Exported run(ModelSink sink) throws Exception {
    progress.begins("reading the round records");
    try (ChainClient chain = ChainClient.reading(options.chain())) {
      ContractTerms terms = new ChainReader(chain, options.contract()).terms();
      List<InboundRecord> log =
          LogHistory.rounds(options.kafka(), options.contract(), options.patience());
      // Ignores records that no anchor proves: anybody may have written them.
      long newest = chain.anchors().nextRound(options.contract()) - 1;
      if (newest < 0) {
        throw new IllegalArgumentException(
            "contract " + options.contract() + " has no anchored round yet, and so no model");
      }
      long round = options.round().orElse(newest);
      Optional<RoundRecord> record =
          round == newest
              ? chain
                  .anchors()
                  .anchor(options.contract(), round)
                  .flatMap(anchor -> log.stream().flatMap(each -> of(anchor, each)).findFirst())
              : Optional.empty();
      if (record.isPresent() && read(record.get(), terms, sink)) {
        return new Exported(round, Hash.of(record.get().getModelHash()));
      }
      return replayed(round, sink);
    }
  }

  private static Stream<RoundRecord> of(Anchor anchor, InboundRecord each) {
    try {
      return Hash.sha256(each.value()).hex().equals(anchor.recordHash())
          ? Stream.of(WireFormat.ROUND_RECORD.decode(each.value()))
          : Stream.empty();
    } catch (MalformedRecordException e) {
      return Stream.empty();
    }
  }

  /** Returns false when a later round has replaced the model meanwhile. */
  private boolean read(RoundRecord record, ContractTerms terms, ModelSink sink)
      throws InterruptedException {
    progress.begins("reading the model of round " + record.getRound());
    try (ModelLog models = ModelLog.open(options.kafka(), terms, options.patience())) {
      models.read(
          record, (chunk, offset, payload) -> sink.accept(chunk, payload), options.patience());
      return true;
    } catch (SupersededRoundException e) {
      return false;
    }
  }

  private Exported replayed(long round, ModelSink sink) throws Exception {
    VerifyOptions ofRound =
        new VerifyOptions(
            options.contract(),
            OptionalLong.of(round),
            options.kafka(),
            options.chain(),
            options.patience());
    Verifier verifier = new Verifier(ofRound, place, progress).handingOver(sink);
    RoundVerdict verdict = verifier.run().rounds().get(0);
    if (verdict.status() != RoundVerdict.Status.PROVEN) {
      throw new IllegalStateException(
          "the model of round %d cannot be exported: %s; 'swarm verify --contract %s --all' says which rounds are proven"
              .formatted(
                  round,
                  verdict.findings().isEmpty()
                      ? verdict.obstacle()
                      : verdict.findings().get(0).sentence(),
                  options.contract()));
    }
    return new Exported(round, verifier.modelHash(round));
  }
}
