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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of the published models that the topic still holds, or of what the optimizer's topic
 * holds of its state.
 */
final class PublishedModels {
  private final ContractTerms terms;
  private final Topic topic;
  private final Map<Long, NavigableMap<Integer, SurveyedChunk>> rounds = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();

  PublishedModels(ContractTerms terms, Topic topic) {
    this.terms = terms;
    this.topic = topic;
  }

  /** Takes a chunk of any round; identical repeats change nothing. */
  void add(SurveyedChunk chunk) {
    if (!chunk.flaw().isEmpty()) {
      Finding flawed = Finding.of(code(), chunk.round(), chunk.flaw()).at(place(chunk));
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
                  code(),
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
    return new Finding.Place(topic.of(terms.contract()), chunk.partition(), chunk.offset());
  }

  /** Flaws of single chunks, and chunks that contradict each other. */
  List<Finding> findings() {
    return findings;
  }

  /** The chunks of a round that the topic still holds, by their index. */
  NavigableMap<Integer, SurveyedChunk> chunks(long round) {
    return rounds.getOrDefault(round, new TreeMap<>());
  }

  /** The code of findings about a chunk. */
  String code() {
    return topic == Topic.MODELS ? "model-chunk" : "optimizer-chunk";
  }

  /** The Merkle root of a round's model; null when chunks of it are no longer there. */
  @Nullable Hash root(long round) {
    return root(round, 0);
  }

  /** The Merkle root of a vector of the state; null when chunks of it are no longer there. */
  @Nullable Hash root(long round, int vector) {
    int count = terms.chunks().chunkCount();
    List<Hash> leaves =
        chunks(round).subMap(vector * count, (vector + 1) * count).values().stream()
            .map(each -> Hash.ofHex(each.hash()))
            .toList();
    return leaves.size() < count ? null : MerkleTree.of(leaves).root();
  }

  /** Whether the whole model that a round starts from is there, and is the one its record names. */
  boolean isBaseOf(LoggedRound round) {
    long before = round.round() - 1;
    boolean unambiguous = findings.stream().noneMatch(finding -> finding.round() == before);
    @Nullable Hash root = root(before);
    return unambiguous && root != null && root.equals(Hash.of(round.record().getBaseHash()));
  }

  private boolean isRoot(Hash named, long round, int vector) {
    @Nullable Hash root = root(round, vector);
    return root != null && root.equals(named);
  }

  /** Whether the whole state after a round is there, and is the one that its record names. */
  boolean isStateOf(LoggedRound round) {
    List<Hash> named = round.record().getOptimizerState().stream().map(Hash::of).toList();
    boolean unambiguous = findings.stream().noneMatch(each -> each.round() == round.round());
    return unambiguous
        && IntStream.range(0, named.size())
            .allMatch(vector -> isRoot(named.get(vector), round.round(), vector));
  }
}
