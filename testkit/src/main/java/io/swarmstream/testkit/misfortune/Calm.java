package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.testkit.TestContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The phase after the misfortunes: all sites are enrolled and present, and rounds must continue.
 * One site disappears, which may cost one grace period, and returns.
 */
final class Calm {
  private static final long TICK_MS = 400;

  /** A site that a notice lists as missing sends again after this time. */
  private static final long RESEND_MS = 2_000;

  /** Allows for what is in flight, and for the repetition of a notice. */
  private static final long SLACK_MS = 12_000;

  private final TestContract contract;
  private final World world;
  private final Readers readers;
  private final Registry registry;
  private final Sites sites;
  private final int parallelism;

  /** By site: the round that it last sent to, and when. */
  private final Map<Integer, Long> sentRound = new HashMap<>();

  private final Map<Integer, Long> sentAtMs = new HashMap<>();

  Calm(
      Scenario scenario,
      World world,
      Readers readers,
      SentRecords ledger,
      Registry registry,
      Sites sites) {
    this.contract = scenario.contract();
    this.world = world;
    this.readers = readers;
    this.registry = registry;
    this.sites = sites;
    this.parallelism = scenario.parallelism();
  }

  void play() throws Exception {
    registry.setAway(false);
    registry.create();
    Set<Integer> all = new TreeSet<>(IntStream.range(0, contract.sites().size()).boxed().toList());
    for (int site : all) {
      if (!registry.isEnrolled(site)) {
        registry.enrol(site);
      }
    }
    pass(0);
    for (int site : all) {
      registry.doubt(site);
      sites.say(site, true);
    }
    pass(0);
    sealRounds(2, all, contract.terms().gracePeriodMs() + SLACK_MS);
    sealRounds(1, all, SLACK_MS);
    if (contract.sites().size() > contract.terms().minPeers()) {
      vanish(all);
    }
    world.crash(parallelism);
    sealRounds(1, all, SLACK_MS);
    RoundRecord last = readers.records.lastEntry().getValue();
    Broken.unless(
        last.getParticipants().size() == all.size(),
        "not all sites are in the last round: %s",
        last);
    pass(TICK_MS);
    pass(TICK_MS);
  }

  private void vanish(Set<Integer> all) throws Exception {
    int gone = (int) (readers.nextRound() % all.size());
    String name = contract.site(gone).name();
    Set<Integer> rest = new TreeSet<>(all);
    rest.remove(gone);
    long without = readers.nextRound();
    sealRounds(1, rest, contract.terms().gracePeriodMs() + 4 * TICK_MS);
    RoundRecord record = record(without);
    Broken.unless(
        record.getLeftOut().equals(List.of(name)),
        "round %d left out %s, and %s had vanished",
        without,
        record.getLeftOut(),
        name);
    Broken.unless(
        anyNotice(notice -> notice.getRound() == without && notice.getMissing().contains(name)),
        "no notice of round %d says that %s is missing",
        without,
        name);
    sealRounds(1, rest, 3 * TICK_MS);
    Broken.unless(
        record(without + 1).getClosedBy().equals("all-live"),
        "round %d waited for %s, which had vanished in the round before",
        without + 1,
        name);
    Broken.unless(
        !anyNotice(notice -> notice.getRound() > without && notice.getMissing().contains(name)),
        "a notice after round %d misses %s, which nobody waits for",
        without,
        name);
    send(gone);
    pass(TICK_MS);
    sealRounds(1, rest, SLACK_MS);
    Broken.unless(
        record(without + 2).getParticipants().size() == all.size(),
        "%s came back and is not in round %d",
        name,
        without + 2);
  }

  private RoundRecord record(long round) {
    return Objects.requireNonNull(readers.records.get(round));
  }

  private boolean anyNotice(Predicate<RoundNotice> says) {
    return readers.notices.stream().anyMatch(says);
  }

  /** Lets the sites contribute to this many further rounds; each must be sealed within the time. */
  private void sealRounds(int count, Set<Integer> present, long withinMs) throws Exception {
    for (int i = 0; i < count; i++) {
      long round = readers.nextRound();
      long until = world.nowMs() + withinMs;
      while (readers.nextRound() == round) {
        Broken.unless(
            world.nowMs() <= until,
            "round %d is not sealed within %d ms, with sites %s contributing; newest notice: %s; newest rejections: %s",
            round,
            withinMs,
            present,
            readers.notices.isEmpty() ? "none" : readers.notices.get(readers.notices.size() - 1),
            readers.rejections.subList(
                Math.max(0, readers.rejections.size() - 5), readers.rejections.size()));
        for (int site : present) {
          sendWhenItIsTime(site);
        }
        pass(TICK_MS);
      }
    }
  }

  private void sendWhenItIsTime(int site) {
    long round = readers.nextRound();
    boolean sent = sentRound.getOrDefault(site, -1L) == round;
    long sinceMs = world.nowMs() - sentAtMs.getOrDefault(site, 0L);
    if (!sent || (sinceMs >= RESEND_MS && isMissed(site, round))) {
      send(site);
    }
  }

  private boolean isMissed(int site, long round) {
    if (readers.notices.isEmpty()) {
      return false;
    }
    RoundNotice newest = readers.notices.get(readers.notices.size() - 1);
    return newest.getRound() == round
        && newest.getAtMs() > sentAtMs.getOrDefault(site, 0L)
        && newest.getMissing().contains(contract.site(site).name());
  }

  private void send(int site) {
    long round = readers.nextRound();
    int chunkCount = contract.terms().chunks().chunkCount();
    sites.send(
        site,
        round,
        readers.base(round),
        0,
        IntStream.range(0, chunkCount).boxed().toList(),
        false);
    sentRound.put(site, round);
    sentAtMs.put(site, world.nowMs());
  }

  /** Advances the time, takes a checkpoint and delivers everything in flight. */
  private void pass(long ms) throws Exception {
    world.tick(ms);
    while (world.step()) {}
    world.startCheckpoint();
    while (world.step()) {}
    readers.read(world.committed());
  }
}
