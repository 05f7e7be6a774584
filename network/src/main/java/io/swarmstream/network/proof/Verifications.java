package io.swarmstream.network.proof;

import io.swarmstream.clients.network.VerificationInfo;
import io.swarmstream.clients.network.VerifiedRound;
import io.swarmstream.schemas.processes.BackgroundThread;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Verifies one thing at a time, in the background, and keeps the newest results. */
public final class Verifications implements AutoCloseable {
  private static final int KEPT = 1_000;

  private final RoundVerifier verifier;
  private final Supplier<RoundVerifier.Place> place;
  private final InstantSource clock;
  private final Consumer<VerificationInfo> told;
  private final BackgroundThread work = new BackgroundThread("verification");
  private @Nullable Subject running;

  private final Map<Subject, VerificationInfo> newest =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, VerificationInfo> eldest) {
          return size() > KEPT && !eldest.getKey().equals(running);
        }
      };

  /** The newest verdict on each round, by contract. */
  private final Map<String, Map<Long, String>> verdicts = new HashMap<>();

  private record Subject(String contract, @Nullable Long round) {}

  /**
   * Verifies nothing yet.
   *
   * @param place throws IllegalStateException when Kafka is not known yet
   * @param told of each start, step and end
   */
  public Verifications(
      RoundVerifier verifier,
      Supplier<RoundVerifier.Place> place,
      InstantSource clock,
      Consumer<VerificationInfo> told) {
    this.verifier = verifier;
    this.place = place;
    this.clock = clock;
    this.told = told;
  }

  /**
   * Begins to verify; the same that already runs goes on.
   *
   * @param round empty: all rounds
   * @throws IllegalStateException when something else is being verified; says what
   */
  public synchronized VerificationInfo begin(String contract, OptionalLong round) {
    Subject subject = subject(contract, round);
    Subject busy = running;
    if (busy != null && !busy.equals(subject)) {
      throw new IllegalStateException(
          "this node verifies "
              + (busy.round() == null ? "all rounds" : "round " + busy.round())
              + " of "
              + busy.contract()
              + " at present; try again when that is done");
    }
    if (busy == null) {
      running = subject;
      enter(subject, state(subject, "running", clock.instant().toString()));
      work.execute(() -> verify(subject));
    }
    return newest(contract, round);
  }

  /** What is known of a verification. */
  public synchronized VerificationInfo newest(String contract, OptionalLong round) {
    Subject subject = subject(contract, round);
    return newest.getOrDefault(subject, state(subject, "none", null));
  }

  /** The newest verdict on a round; empty: it was not verified. */
  public synchronized Optional<String> verdict(String contract, long round) {
    return Optional.ofNullable(verdicts.getOrDefault(contract, Map.of()).get(round));
  }

  private void verify(Subject subject) {
    String startedAt = String.valueOf(newest(subject).startedAt());
    try {
      RoundVerifier.Verdict verdict =
          verifier.verify(
              place.get(),
              subject.contract(),
              subject.round() == null ? OptionalLong.empty() : OptionalLong.of(subject.round()),
              step -> say(subject, startedAt, step));
      end(
          subject,
          new VerificationInfo(
              subject.contract(),
              "done",
              subject.round(),
              startedAt,
              clock.instant().toString(),
              null,
              verdict.verdict(),
              verdict.rounds(),
              verdict.findings(),
              null));
    } catch (Exception | Error e) { // whatever it is, the next one may be verified
      end(
          subject,
          new VerificationInfo(
              subject.contract(),
              "failed",
              subject.round(),
              startedAt,
              clock.instant().toString(),
              null,
              null,
              List.of(),
              List.of(),
              e.getMessage() == null ? e.toString() : e.getMessage()));
    }
  }

  private void say(Subject subject, String startedAt, String step) {
    enter(
        subject,
        new VerificationInfo(
            subject.contract(),
            "running",
            subject.round(),
            startedAt,
            null,
            step,
            null,
            List.of(),
            List.of(),
            null));
  }

  private synchronized void end(Subject subject, VerificationInfo result) {
    running = null;
    for (VerifiedRound round : result.rounds()) {
      verdicts
          .computeIfAbsent(subject.contract(), contract -> new HashMap<>())
          .put(round.round(), round.verdict());
    }
    enter(subject, result);
  }

  private synchronized VerificationInfo newest(Subject subject) {
    return newest.getOrDefault(subject, state(subject, "none", null));
  }

  private synchronized void enter(Subject subject, VerificationInfo now) {
    newest.remove(subject); // so that the eldest is the one that changed first
    newest.put(subject, now);
    told.accept(now);
  }

  private static Subject subject(String contract, OptionalLong round) {
    return new Subject(contract, round.isPresent() ? round.getAsLong() : null);
  }

  private static VerificationInfo state(Subject subject, String state, @Nullable String startedAt) {
    return new VerificationInfo(
        subject.contract(),
        state,
        subject.round(),
        startedAt,
        null,
        null,
        null,
        List.of(),
        List.of(),
        null);
  }

  @Override
  public void close() {
    work.close();
  }
}
