package io.swarmstream.connectors.chain;

import io.swarmstream.clients.chain.AnchorConflictException;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.ChainUnreachableException;
import io.swarmstream.clients.chain.RoundGapException;
import io.swarmstream.schemas.Anchor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A ledger in memory that follows the smart contract's rules and can be away, refuse a contract and
 * forget. Its factory finds it again by name, because a job's functions are copies.
 */
final class FakeAnchoring implements RoundAnchoring {
  private static final Map<String, FakeAnchoring> ALL = new ConcurrentHashMap<>();

  final Set<String> refused = ConcurrentHashMap.newKeySet();
  final CountDownLatch release = new CountDownLatch(1);
  volatile boolean isAway;
  volatile boolean isStuck;

  private final String name = UUID.randomUUID().toString();
  private final Map<String, TreeMap<Long, Anchor>> anchored = new ConcurrentHashMap<>();
  private final List<String> sent = new ArrayList<>();

  FakeAnchoring() {
    ALL.put(name, this);
  }

  RoundAnchoring.Factory factory() {
    String key = name;
    return () -> {
      FakeAnchoring anchoring = ALL.get(key);
      if (anchoring == null) {
        throw new IllegalStateException("no fake named " + key);
      }
      return anchoring;
    };
  }

  @Override
  public void anchor(Anchor anchor) {
    if (isStuck) {
      awaitRelease();
    }
    if (isAway) {
      throw new ChainUnreachableException("nobody answers", new IOException("refused"));
    }
    if (refused.contains(anchor.contract())) {
      throw new ChainException("not the coordinator of " + anchor.contract());
    }
    synchronized (this) {
      TreeMap<Long, Anchor> rounds =
          anchored.computeIfAbsent(anchor.contract(), contract -> new TreeMap<>());
      Anchor standing = rounds.get(anchor.round());
      if (standing != null && !standing.equals(anchor)) {
        throw new AnchorConflictException(standing, anchor);
      }
      if (anchor.round() > rounds.size()) {
        throw new RoundGapException(anchor, rounds.size());
      }
      rounds.put(anchor.round(), anchor);
      sent.add(anchor.contract() + " " + anchor.round());
    }
  }

  /** Every anchor call that went well, in order. */
  synchronized List<String> sent() {
    return List.copyOf(sent);
  }

  /** As a chain whose newest blocks were taken back. */
  synchronized void forgetFrom(String contract, long round) {
    anchored.getOrDefault(contract, new TreeMap<>()).tailMap(round, true).clear();
  }

  @Override
  public void close() {}

  private void awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChainException("interrupted", e);
    }
  }
}
