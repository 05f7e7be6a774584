package io.swarmstream.verification;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.MerkleTree;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.verification.replay.SurveyedChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The hashes of the published models that the topic still holds. */
final class PublishedModels {
  private final ContractTerms terms;
  private final Map<Long, NavigableMap<Integer, SurveyedChunk>> rounds = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();

  PublishedModels(ContractTerms terms) {
    this.terms = terms;
  }

  /** Takes a chunk of any round; identical repeats change nothing. */
  void add(SurveyedChunk chunk) {
    if (!chunk.flaw().isEmpty()) {
      Finding flawed = Finding.of("model-chunk", chunk.round(), chunk.flaw()).at(place(chunk));
      findings.add(chunk.chunk() < 0 ? flawed : flawed.chunk(chunk.chunk()));
      return;
    }
    @Nullable SurveyedChunk first =
        rounds
            .computeIfAbsent(chunk.round(), key -> new TreeMap<>())
            .putIfAbsent(chunk.chunk(), chunk);
    if (first != null && !first.hash().equals(chunk.hash())) {
      findings.add(
          Finding.of(
                  "model-chunk",
                  chunk.round(),
                  "a second, different chunk, which hashes to "
                      + chunk.hash()
                      + "; the one at "
                      + place(first)
                      + " hashes to "
                      + first.hash())
              .chunk(chunk.chunk())
              .at(place(chunk)));
    }
  }

  Finding.Place place(SurveyedChunk chunk) {
    return new Finding.Place(Topic.MODELS.of(terms.contract()), chunk.partition(), chunk.offset());
  }

  /** Flaws of single chunks, and chunks that contradict each other. */
  List<Finding> findings() {
    return findings;
  }

  /** The chunks of a round that the topic still holds, by their index. */
  NavigableMap<Integer, SurveyedChunk> chunks(long round) {
    return rounds.getOrDefault(round, new TreeMap<>());
  }

  /** The Merkle root of a round's model; null when chunks of it are no longer there. */
  @Nullable Hash root(long round) {
    NavigableMap<Integer, SurveyedChunk> chunks = chunks(round);
    if (chunks.size() < terms.chunks().chunkCount()) {
      return null;
    }
    return MerkleTree.of(chunks.values().stream().map(each -> Hash.ofHex(each.hash())).toList())
        .root();
  }

  /** Whether the whole model that a round starts from is there, and is the one its record names. */
  boolean isBaseOf(LoggedRound round) {
    long before = round.round() - 1;
    boolean unambiguous = findings.stream().noneMatch(finding -> finding.round() == before);
    @Nullable Hash root = root(before);
    return unambiguous && root != null && root.equals(Hash.of(round.record().getBaseHash()));
  }
}
