package io.swarmstream.network.log;

import io.swarmstream.schemas.avro.Rejection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The newest rejections of each contract, whatever sites send. Safe for use by many threads. */
public final class RefusedContributions {
  /** Of each contract. */
  public static final int KEPT = 1_000;

  private final Map<String, Deque<Rejection>> rejections = new HashMap<>();

  synchronized void add(String contract, Rejection rejection) {
    Deque<Rejection> known = rejections.computeIfAbsent(contract, none -> new ArrayDeque<>());
    if (known.size() == KEPT) {
      known.removeLast();
    }
    known.addFirst(rejection);
  }

  /** The newest of a contract, newest first. */
  public synchronized List<Rejection> newest(String contract, int count) {
    List<Rejection> newest = new ArrayList<>();
    for (Rejection rejection : rejections.getOrDefault(contract, new ArrayDeque<>())) {
      if (newest.size() == count) {
        break;
      }
      newest.add(rejection);
    }
    return newest;
  }
}
