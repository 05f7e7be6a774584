package io.swarmstream.verification;

import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.operators.sealing.RoundSeal;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.verification.replay.ReplayNews;
import io.swarmstream.verification.replay.ReplayPlan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Replays rounds, in runs without a gap, and keeps the results of each: hashes, never models.
 *
 * <p>Used by one thread.
 */
final class RoundReplays {
  /** Runs the job of one plan and hands over its results. */
  @FunctionalInterface
  interface Runner {
    /**
     * Returns when the job has ended.
     *
     * @param deltaBytes of all deltas that the job merges
     */
    void run(ReplayPlan plan, long deltaBytes, Consumer<ReplayNews> results) throws Exception;
  }

  private final ChainHistory history;
  private final ContractTerms terms;
  private final PublishedRounds published;
  private final Progress progress;
  private final Runner runner;

  /** By round: the results and the missing deltas of its replay. */
  private final Map<Long, Replay> replays = new HashMap<>();

  /** Receives the model of the round {@link #kept}; null when nobody needs it. */
  private @Nullable ModelSink sink;

  private long kept = ReplayPlan.NONE;
  private long made;
  private long toMake;

  RoundReplays(ChainHistory history, PublishedRounds published, Progress progress, Runner runner) {
    this.history = history;
    this.terms = history.terms();
    this.published = published;
    this.progress = progress;
    this.runner = runner;
  }

  /** Passes on the model of one round as it is computed. The model is proven when that round is. */
  void handOver(long round, ModelSink to) {
    kept = round;
    sink = to;
  }

  /** The results and the missing deltas of a round's replay; null when it was not replayed. */
  @Nullable Replay of(long round) {
    return replays.get(round);
  }

  /** Replays the rounds from first to last that have a record and can be replayed. */
  void run(NavigableMap<Long, LoggedRound> records, long first, long last) throws Exception {
    List<List<LoggedRound>> runs = runs(records, first, last);
    toMake = runs.stream().mapToLong(List::size).sum() * terms.chunks().chunkCount();
    if (toMake > 0) {
      progress.begins(
          "replaying " + (first == last ? "round " + first : "rounds " + first + " to " + last));
    }
    for (List<LoggedRound> run : runs) {
      replay(run);
    }
  }

  private List<List<LoggedRound>> runs(
      NavigableMap<Long, LoggedRound> records, long first, long last) {
    List<List<LoggedRound>> runs = new ArrayList<>();
    long expected = -1;
    for (LoggedRound round : records.subMap(first, true, Math.max(first, last), true).values()) {
      if (!isReplayable(round)) {
        continue;
      }
      if (round.round() != expected) {
        runs.add(new ArrayList<>());
      }
      runs.get(runs.size() - 1).add(round);
      expected = round.round() + 1;
    }
    return runs;
  }

  /** Whether a job could merge what the record names. */
  private boolean isReplayable(LoggedRound round) {
    RoundRecord record = round.record();
    List<Participant> in = record.getParticipants();
    return !in.isEmpty()
        && record.getContract().equals(terms.contract())
        && in.stream().allMatch(each -> each.getHeader().getWeight() >= 0)
        && in.stream().map(Participant::getSite).distinct().count() == in.size();
  }

  /**
   * Replays a run; after a round that cannot be computed, resumes at the next proven published
   * model.
   */
  private void replay(List<LoggedRound> run) throws Exception {
    int from = 0;
    while (from < run.size()) {
      replayOnce(run.subList(from, run.size()));
      int stopped = from;
      while (stopped < run.size() && isMade(run.get(stopped))) {
        stopped++;
      }
      from = stopped + 1;
      while (from < run.size() && !published.isBaseOf(run.get(from))) {
        from++;
      }
    }
  }

  private boolean isMade(LoggedRound round) {
    @Nullable Replay replay = replays.get(round.round());
    return replay != null && replay.isComplete();
  }

  private void replayOnce(List<LoggedRound> run) throws Exception {
    long before = run.get(0).round() - 1;
    boolean hasBase = published.isBaseOf(run.get(0));
    List<RoundHead> heads =
        run.stream().map(round -> RoundSeal.head(round.record(), terms)).toList();
    ReplayPlan plan =
        new ReplayPlan(terms, heads, history.sites(), hasBase ? Set.of(before) : Set.of(), kept);
    for (RoundHead head : heads) {
      replays.put(
          head.round(), new Replay(terms.chunks().chunkCount(), head.participants().size()));
    }
    long deltaBytes =
        heads.stream()
            .mapToLong(head -> head.participants().size() * terms.payloadBytes(head.round()))
            .sum();
    runner.run(plan, deltaBytes, this::hear);
  }

  private void hear(ReplayNews news) {
    @Nullable Replay replay = replays.get(news.round());
    if (replay != null) {
      replay.hear(news);
    }
    if (news.made() != null) {
      byte @Nullable [] payload = news.made().payload();
      if (sink != null && payload != null) {
        sink.accept(news.made().chunk(), ByteBuffer.wrap(payload));
      }
      made++;
      progress.made(made, toMake);
    }
  }
}
