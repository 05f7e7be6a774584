package io.swarmstream.operators.sealing;

import io.swarmstream.operators.merging.ChunkMerge;
import io.swarmstream.operators.merging.DeltaFigures;
import io.swarmstream.operators.merging.RoundLimits;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.operators.messages.RoundMasks;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.MerkleTree;
import io.swarmstream.schemas.masking.MaskedSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what a round record says, and reads it back into what made it. */
public final class RoundSeal {
  private RoundSeal() {}

  /**
   * Binds a merged model and how it was made.
   *
   * @param chunkHashes of the merged model, in the order of the chunks
   * @param end what the round had to know of its whole deltas
   * @param pace what the round says about the time until the next one
   * @param figures what the round says of each delta
   * @param stateRoots of the optimizer's state, as {@link #stateRoots} makes them
   */
  public static RoundRecord record(
      RoundHead head,
      List<Hash> chunkHashes,
      SealSignal.Solved end,
      Pace pace,
      DeltaFigures figures,
      List<Hash> stateRoots) {
    ContractTerms terms = head.terms();
    DeltaFigures told = terms.privacy().hidesDeltas() ? DeltaFigures.UNKNOWN : figures;
    RoundRecord.Builder record = RoundRecord.newBuilder();
    if (head.masks() != null) {
      head.masks().describe(record);
    }
    return record
        .setContract(terms.contract())
        .setTermsHash(terms.hash().toAvro())
        .setRound(head.round())
        .setMethod(terms.method())
        .setParticipants(head.participants().stream().map(RoundHead.Participating::toAvro).toList())
        .setLeftOut(head.leftOut())
        .setClosedBy(head.closedBy())
        .setBaseHash(Hash.ofHex(head.baseHash()).toAvro())
        .setModelHash(MerkleTree.of(chunkHashes).root().toAvro())
        .setParameterCount(terms.parameterCount())
        .setChunkCount(terms.chunks().chunkCount())
        .setMeanLoss(meanLoss(head))
        .setIterations(end.iterations())
        .setGap(end.gap())
        .setOpenedAtMs(head.openedAtMs())
        .setClosedAtMs(head.closedAtMs())
        .setDrift(pace.drift())
        .setAllowedDrift(pace.allowedDrift())
        .setNextInterval(pace.nextInterval())
        .setNormLimit(end.normLimit())
        .setNorms(norms(end, told))
        .setCosines(told.cosines())
        .setMergedNorm(told.mergedNorm())
        .setBytes(told.bytes())
        .setPayloadHash(terms.payloadHash().code())
        .setArrivedAtMs(arrivals(head))
        .setOptimizerState(stateRoots.stream().map(Hash::toAvro).toList())
        .build();
  }

  /**
   * The Merkle root of each vector of the optimizer's state.
   *
   * @param chunkHashes hashes, hex, of the chunk of each vector, in the order of the chunks; empty:
   *     the round has no optimizer
   */
  public static List<Hash> stateRoots(List<String[]> chunkHashes) {
    List<Hash> roots = new ArrayList<>();
    int vectors = chunkHashes.isEmpty() ? 0 : chunkHashes.get(0).length;
    for (int vector = 0; vector < vectors; vector++) {
      List<Hash> leaves = new ArrayList<>(chunkHashes.size());
      for (String[] hashes : chunkHashes) {
        leaves.add(Hash.ofHex(hashes[vector]));
      }
      roots.add(MerkleTree.of(leaves).root());
    }
    return roots;
  }

  /** What the coordinator must have decided for this record to come out, under these terms. */
  public static RoundHead head(RoundRecord record, ContractTerms terms) {
    return new RoundHead(
        terms,
        record.getRound(),
        Hash.of(record.getBaseHash()).hex(),
        participants(record),
        List.copyOf(record.getLeftOut()),
        record.getClosedBy(),
        record.getOpenedAtMs(),
        record.getClosedAtMs(),
        RoundMasks.of(record));
  }

  private static List<RoundHead.Participating> participants(RoundRecord record) {
    List<Long> arrivals = record.getArrivedAtMs();
    List<RoundHead.Participating> participants = new ArrayList<>();
    for (Participant in : record.getParticipants()) {
      int place = participants.size();
      participants.add(
          RoundHead.Participating.of(in, place < arrivals.size() ? arrivals.get(place) : 0));
    }
    return participants;
  }

  /** All or none of them. */
  private static List<Long> arrivals(RoundHead head) {
    List<Long> arrivals =
        head.participants().stream().map(RoundHead.Participating::arrivedAtMs).toList();
    return arrivals.contains(0L) ? List.of() : arrivals;
  }

  /** As the deltas were sent: those of the first pass, which it takes before it scales any. */
  private static List<Double> norms(SealSignal.Solved end, DeltaFigures figures) {
    double @Nullable [] norms = end.norms();
    return norms == null ? figures.norms() : Arrays.stream(norms).boxed().toList();
  }

  /** Whether the round's model is there only once something of its whole deltas is known. */
  public static boolean hasFirstPass(RoundHead head) {
    ContractTerms terms = head.terms();
    int[] weights = RoundLimits.weights(head);
    @Nullable MaskedSum masks = head.maskedSum();
    return ChunkMerge.hasFirstPass(
        terms.method(),
        terms.limits(),
        head.round(),
        masks == null ? weights : masks.weights(weights));
  }

  /** By what sites count, over those that know their loss; NaN when none does. */
  static double meanLoss(RoundHead head) {
    int[] weights = RoundLimits.weights(head);
    double sum = 0;
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      double loss = head.participants().get(i).header().loss();
      if (Double.isFinite(loss)) {
        sum += weights[i] * loss;
        total += weights[i];
      }
    }
    return total == 0 ? Double.NaN : sum / total;
  }
}
