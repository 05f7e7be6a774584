package io.swarmstream.verification;

import io.swarmstream.operators.merging.DeltaFigures;
import io.swarmstream.operators.merging.DeltaSums;
import io.swarmstream.operators.messages.SealSignal;
import io.swarmstream.operators.sealing.RoundSeal;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.verification.replay.MissingDelta;
import io.swarmstream.verification.replay.ReplayNews;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The results of one round's replay so far. */
final class Replay {
  private final @Nullable Hash[] made;
  private final NavigableMap<Integer, double[]> squares = new TreeMap<>();
  private final NavigableMap<Integer, double[]> shares = new TreeMap<>();

  /** By chunk: hashes of its part of the optimizer's state; empty: the round has no optimizer. */
  private final NavigableMap<Integer, String[]> state = new TreeMap<>();

  private final int participants;
  private DeltaFigures figures = DeltaFigures.UNKNOWN;
  private final List<MissingDelta> missing = new ArrayList<>();
  private SealSignal.Solved solved = SealSignal.Solved.NOTHING;
  private int madeCount;

  Replay(int chunkCount, int participants) {
    this.made = new Hash[chunkCount];
    this.participants = participants;
  }

  /** Takes news of this round. */
  void hear(ReplayNews news) {
    if (news.missing() != null) {
      missing.add(news.missing());
    } else if (news.solved() != null) {
      solved = news.solved();
    } else if (news.made() != null) {
      made[news.made().chunk()] = Hash.ofHex(news.made().hash());
      if (news.made().squares() != null) {
        squares.put(news.made().chunk(), news.made().squares());
      }
      if (news.made().state() != null) {
        state.put(news.made().chunk(), news.made().state());
      }
      shares.put(news.made().chunk(), news.made().figures());
      madeCount++;
      if (isComplete()) {
        addUp();
      }
    }
  }

  /** The shares are not kept: there may be many rounds. */
  private void addUp() {
    DeltaSums sums = new DeltaSums(participants);
    shares.values().forEach(sums::add);
    shares.clear();
    figures = sums.figures();
  }

  List<MissingDelta> missing() {
    return missing;
  }

  SealSignal.Solved solved() {
    return solved;
  }

  boolean isComplete() {
    return madeCount == made.length;
  }

  int madeCount() {
    return madeCount;
  }

  /** Hash of a replayed chunk; null: it was not made. */
  @Nullable Hash made(int chunk) {
    return made[chunk];
  }

  /**
   * Hash of a replayed chunk of the optimizer's state; null: it was not made.
   *
   * @param index as published: the vectors follow one another
   */
  @Nullable Hash madeState(int index) {
    String @Nullable [] vectors = state.get(index % made.length);
    int vector = index / made.length;
    return vectors == null || vector >= vectors.length ? null : Hash.ofHex(vectors[vector]);
  }

  /** Merkle roots of the optimizer's state, if the replay is complete. */
  List<Hash> stateRoots() {
    return RoundSeal.stateRoots(List.copyOf(state.values()));
  }

  /**
   * Each chunk's share of the sums from which the sites' drift is computed, if the replay is
   * complete; empty for a contract that is not adaptive.
   */
  List<double[]> squares() {
    return List.copyOf(squares.values());
  }

  /** What the record says of each delta, if the replay is complete. */
  DeltaFigures figures() {
    return figures;
  }

  /** Hashes of all chunks, if the replay is complete. */
  List<Hash> hashes() {
    List<Hash> all = new ArrayList<>(made.length);
    for (Hash hash : made) {
      if (hash != null) {
        all.add(hash);
      }
    }
    return all;
  }
}
