package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.rounds.RejectionReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that was sent, and how the job may respond to it. */
final class SentRecords {
  /** The position of a record in the contract's topics. */
  record Place(String topic, int partition, long offset) {}

  /** One copy of an honest chunk. */
  static final class Copy {
    final Sent of;
    final int chunk;
    final byte[] bytes;
    final Place place;

    Copy(Sent of, int chunk, byte[] bytes, Place place) {
      this.of = of;
      this.chunk = chunk;
      this.bytes = bytes;
      this.place = place;
    }
  }

  /** A record that must have no effect, and why. */
  record Bad(Lie lie, int site, List<RejectionReason> reasons, boolean mayBeDropped) {}

  /** A contribution of which at least one chunk was sent. */
  static final class Sent {
    final int site;
    final long round;
    final float[] delta;
    final Contribution contribution;
    final String root;

    /** By chunk. */
    final TreeMap<Integer, List<Copy>> copies = new TreeMap<>();

    /** Whether the job may not have known the contract when a part of the contribution arrived. */
    boolean mayBeDropped;

    Sent(int site, long round, float[] delta, Contribution contribution) {
      this.site = site;
      this.round = round;
      this.delta = delta;
      this.contribution = contribution;
      this.root = contribution.root().hex();
    }

    boolean isWhole() {
      return copies.size() == contribution.chunkCount();
    }

    @Override
    public String toString() {
      return "the contribution %s of site %d to round %d, of which chunks %s were sent"
          .formatted(root, site, round, copies.keySet());
    }
  }

  /** By Merkle root, hex. */
  final Map<String, Sent> contributions = new LinkedHashMap<>();

  final Map<Place, Copy> copies = new LinkedHashMap<>();
  final Map<Place, Bad> bad = new LinkedHashMap<>();

  /** By site: the number of the happening in which it last announced that it joins or leaves. */
  final Map<Integer, Integer> words = new HashMap<>();

  void add(Copy copy) {
    copies.put(copy.place, copy);
    copy.of.copies.computeIfAbsent(copy.chunk, unused -> new ArrayList<>()).add(copy);
  }

  /** The contributions that a site started for a round. */
  List<Sent> of(int site, long round) {
    return contributions.values().stream()
        .filter(sent -> sent.site == site && sent.round == round)
        .toList();
  }
}
