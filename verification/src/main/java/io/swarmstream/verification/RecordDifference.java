package io.swarmstream.verification;

import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import java.util.ArrayList;
import java.util.List;

/** Compares a published round record with the one that the replay makes. */
final class RecordDifference {
  private final List<String> differences = new ArrayList<>();

  private RecordDifference() {}

  /** Names each field that differs, with both values. */
  static List<String> between(RoundRecord published, RoundRecord replayed) {
    RecordDifference all = new RecordDifference();
    all.compare("contract", published.getContract(), replayed.getContract());
    all.compare("termsHash", Hash.of(published.getTermsHash()), Hash.of(replayed.getTermsHash()));
    all.compare("method", published.getMethod(), replayed.getMethod());
    all.compare("modelHash", Hash.of(published.getModelHash()), Hash.of(replayed.getModelHash()));
    all.compare("parameterCount", published.getParameterCount(), replayed.getParameterCount());
    all.compare("chunkCount", published.getChunkCount(), replayed.getChunkCount());
    all.compare("meanLoss", published.getMeanLoss(), replayed.getMeanLoss());
    all.compare("iterations", published.getIterations(), replayed.getIterations());
    all.compare("gap", published.getGap(), replayed.getGap());
    all.compare("drift", published.getDrift(), replayed.getDrift());
    all.compare("allowedDrift", published.getAllowedDrift(), replayed.getAllowedDrift());
    all.compare("nextInterval", published.getNextInterval(), replayed.getNextInterval());
    all.compare("normLimit", published.getNormLimit(), replayed.getNormLimit());
    all.compare("norms", published.getNorms(), replayed.getNorms());
    all.compare("cosines", published.getCosines(), replayed.getCosines());
    all.compare("mergedNorm", published.getMergedNorm(), replayed.getMergedNorm());
    all.compare("bytes", published.getBytes(), replayed.getBytes());
    all.compare("payloadHash", published.getPayloadHash(), replayed.getPayloadHash());
    all.compare(
        "optimizerState",
        published.getOptimizerState().stream().map(Hash::of).toList(),
        replayed.getOptimizerState().stream().map(Hash::of).toList());
    if (all.differences.isEmpty()) {
      all.differences.add(
          "the bytes of the round record are not those that the replay makes, though every field known here is equal;"
              + " was it written by a newer version?");
    }
    return all.differences;
  }

  private void compare(String field, Object published, Object replayed) {
    if (!published.equals(replayed)) {
      differences.add(
          "the round record's " + field + " is " + published + ", the replay's is " + replayed);
    }
  }
}
