package io.swarmstream.clients.kafka.log;

import io.swarmstream.schemas.avro.RoundNotice;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes in words what an open round waits for: the sites by name, or how many more it needs and
 * how they join.
 */
public final class NoticeText {
  private static final String MERGE = "the merge";

  private NoticeText() {}

  /**
   * Returns a text such as {@code round 3 has 1 of at least 2 contributions; it waits for
   * hospital-b}.
   */
  public static String inWords(RoundNotice notice) {
    return inWords(
        notice.getRound(),
        notice.getContributed(),
        notice.getMinPeers(),
        notice.getMissing(),
        notice.getMissingCount(),
        notice.getAbsent());
  }

  /** Does the same for the arguments of {@link #waitsFor(int, int, List, int, List)}. */
  public static String inWords(
      long round,
      int contributed,
      int minPeers,
      List<String> missing,
      int missingCount,
      List<String> absent) {
    String whom = waitsFor(contributed, minPeers, missing, missingCount, absent);
    // Else it is a sentence: how many more are needed, or who is away.
    boolean isNamed = !missing.isEmpty() || whom.equals(MERGE);
    return "round "
        + round
        + " has "
        + contributed
        + " of at least "
        + minPeers
        + " contributions; "
        + (isNamed ? "it waits for " : "")
        + whom;
  }

  /**
   * Returns a text such as {@code hospital-b; 1 more site is needed: start the trainer of
   * hospital-c, …}.
   */
  public static String waitsFor(RoundNotice notice) {
    return waitsFor(
        notice.getContributed(),
        notice.getMinPeers(),
        notice.getMissing(),
        notice.getMissingCount(),
        notice.getAbsent());
  }

  /**
   * Does the same for single values.
   *
   * @param contributed number of sites that have contributed
   * @param minPeers number of sites that the round needs
   * @param missing names of live sites that have not contributed yet
   * @param missingCount number of those sites; {@code missing} need not name all of them
   * @param absent names of enrolled sites that have left, or missed a round
   */
  public static String waitsFor(
      int contributed, int minPeers, List<String> missing, int missingCount, List<String> absent) {
    List<String> parts = new ArrayList<>();
    if (!missing.isEmpty()) {
      int unnamed = missingCount - missing.size();
      parts.add(String.join(", ", missing) + (unnamed > 0 ? " and " + unnamed + " more" : ""));
    }
    int needed = minPeers - contributed - Math.max(missingCount, missing.size());
    if (needed > 0) {
      parts.add(
          needed
              + (needed == 1 ? " more site is" : " more sites are")
              + " needed: "
              + join(needed, absent));
    }
    if (needed <= 0 && contributed < minPeers && !absent.isEmpty()) {
      parts.add((absent.size() == 1 ? "away is " : "away are ") + String.join(", ", absent));
    }
    return parts.isEmpty() ? MERGE : String.join("; ", parts);
  }

  private static String join(int needed, List<String> absent) {
    String enrol =
        "have the contract's owner enrol "
            + (needed == 1 ? "it and start its trainer" : "them and start their trainers");
    if (absent.isEmpty()) {
      return "no other is enrolled, " + enrol;
    }
    String start =
        (absent.size() == 1
                ? "start the trainer of " + absent.get(0) + ", which is"
                : "start the trainers of " + String.join(", ", absent) + ", which are")
            + " away";
    return absent.size() >= needed ? start : start + ", and enrol more";
  }
}
