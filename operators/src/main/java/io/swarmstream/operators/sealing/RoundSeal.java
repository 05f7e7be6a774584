package io.swarmstream.operators.sealing;

import io.swarmstream.operators.merging.ChunkMerge;
import io.swarmstream.operators.messages.Header;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.Hash;
import io.swarmstream.schemas.MerkleTree;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import java.util.List;

/** A round record from what made it, and back. */
public final class RoundSeal {
  private RoundSeal() {}

  /**
   * Binds a merged model and how it came to be.
   *
   * @param chunkHashes of the merged model, in the order of the chunks
   * @param end how an iterative merge method came to its end
   * @param pace what the round says about the time until the next one
   */
  public static RoundRecord record(
      RoundHead head, List<Hash> chunkHashes, SealSignal.Solved end, Pace pace) {
    ContractTerms terms = head.terms();
    return RoundRecord.newBuilder()
        .setContract(terms.contract())
        .setTermsHash(terms.hash().toAvro())
        .setRound(head.round())
        .setMethod(terms.method())
        .setParticipants(head.participants().stream().map(RoundSeal::participant).toList())
        .setLeftOut(head.leftOut())
        .setClosedBy(head.closedBy())
        .setBaseHash(Hash.ofHex(head.baseHash()).toAvro())
        .setModelHash(MerkleTree.of(chunkHashes).root().toAvro())
        .setParameterCount(terms.parameterCount())
        .setChunkCount(terms.chunks().chunkCount())
        .setMeanLoss(meanLoss(head.participants()))
        .setIterations(end.iterations())
        .setGap(end.gap())
        .setOpenedAtMs(head.openedAtMs())
        .setClosedAtMs(head.closedAtMs())
        .setDrift(pace.drift())
        .setAllowedDrift(pace.allowedDrift())
        .setNextInterval(pace.nextInterval())
        .build();
  }

  /** What the coordinator must have decided for this record to come out, under these terms. */
  public static RoundHead head(RoundRecord record, ContractTerms terms) {
    return new RoundHead(
        terms,
        record.getRound(),
        Hash.of(record.getBaseHash()).hex(),
        record.getParticipants().stream()
            .map(
                in ->
                    new RoundHead.Participating(
                        in.getSite(),
                        in.getName(),
                        Hash.of(in.getContribution()).hex(),
                        Header.of(in.getHeader())))
            .toList(),
        List.copyOf(record.getLeftOut()),
        record.getClosedBy(),
        record.getOpenedAtMs(),
        record.getClosedAtMs());
  }

  /** Whether the round's model is there only once its merge method has solved for it. */
  public static boolean iterates(RoundHead head) {
    return ChunkMerge.needsGram(
        head.terms().method(),
        head.participants().stream().mapToInt(in -> in.header().weight()).toArray());
  }

  private static Participant participant(RoundHead.Participating in) {
    return new Participant(
        in.site(), in.name(), Hash.ofHex(in.contribution()).toAvro(), in.header().toAvro());
  }

  /** By weight, over the sites that know their loss; NaN when none does. */
  static double meanLoss(List<RoundHead.Participating> participants) {
    double sum = 0;
    double weights = 0;
    for (RoundHead.Participating in : participants) {
      if (Double.isFinite(in.header().loss())) {
        sum += in.header().weight() * in.header().loss();
        weights += in.header().weight();
      }
    }
    return weights == 0 ? Double.NaN : sum / weights;
  }
}
