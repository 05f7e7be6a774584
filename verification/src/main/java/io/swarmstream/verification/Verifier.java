package io.swarmstream.verification;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.log.LogHistory;
import io.swarmstream.merge.MergeMethods;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.operators.sealing.RoundSeal;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.MerkleTree;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.TopicExtent;
import io.swarmstream.verification.replay.ReplayNews;
import io.swarmstream.verification.replay.ReplayPlan;
import io.swarmstream.verification.replay.SurveyedChunk;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/**
 * Verifies rounds of one contract: reads what is small itself, and has Flink read what is large.
 *
 * <p>It holds hashes, never models.
 */
public final class Verifier {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final VerifyOptions options;
  private final VerifyJob.Place place;
  private final Progress progress;

  /** By round: what the replay told. */
  private final Map<Long, Replay> replays = new HashMap<>();

  /** Takes the model of the round that the options name; null: nobody wants it. */
  private @Nullable ModelSink sink;

  private long made;
  private long toMake;

  public Verifier(VerifyOptions options, VerifyJob.Place place, Progress progress) {
    this.options = options;
    this.place = place;
    this.progress = progress;
  }

  /**
   * Verifies what the options ask for.
   *
   * @throws IllegalArgumentException when there is no such contract, or no such round
   * @throws io.swarmstream.clients.kafka.DeadlineException when Kafka does not answer in time
   * @throws io.swarmstream.clients.kafka.MissingRightException when a topic may not be read
   * @throws io.swarmstream.clients.chain.ChainException when the chain cannot be read
   */
  public Verification run() throws Exception {
    long began = System.nanoTime();
    progress.begins("reading the terms, the enrolments, the round records and their anchors");
    String contract = options.contract();
    List<InboundRecord> log;
    ChainHistory ledger;
    try (ChainClient chain = ChainClient.reading(options.chain())) {
      ContractTerms terms = terms(chain, contract);
      log = LogHistory.rounds(options.kafka(), contract, options.patience());
      ledger =
          new ChainHistory(
              terms,
              chain.registry().coordinator(contract).orElseThrow(),
              anchors(chain, log),
              chain.registry().enrolments(contract));
    }
    ContractTerms terms = ledger.terms();
    RecordCheck.Result records = RecordCheck.of(log, ledger);
    long end =
        Math.max(
            ledger.anchors().size(),
            records.rounds().isEmpty() ? 0 : records.rounds().lastKey() + 1);
    if (options.round().isPresent() && options.round().getAsLong() >= end) {
      throw new IllegalArgumentException(
          "contract "
              + contract
              + " has no round "
              + options.round().getAsLong()
              + " yet; "
              + (end == 0 ? "none is sealed" : "the newest is " + (end - 1)));
    }
    TopicExtent deltas =
        LogHistory.extent(options.kafka(), Topic.DELTAS.of(contract), options.patience());
    TopicExtent models =
        LogHistory.extent(options.kafka(), Topic.MODELS.of(contract), options.patience());
    progress.begins("reading the published models");
    PublishedModels published = survey(terms, models);

    long last = options.round().orElse(end - 1);
    long first = options.round().isEmpty() ? 0 : start(last, records.rounds(), published);
    List<List<LoggedRound>> runs = runs(records.rounds(), terms, first, last);
    toMake = runs.stream().mapToLong(List::size).sum() * terms.chunks().chunkCount();
    long replayBegan = System.nanoTime();
    if (toMake > 0) {
      progress.begins("replaying " + rounds(first, last));
    }
    for (List<LoggedRound> run : runs) {
      replay(run, ledger, published, deltas, models);
    }
    Duration replayTime = Duration.ofNanos(System.nanoTime() - replayBegan);

    Judge judge = new Judge(ledger, records, published, deltas);
    List<RoundVerdict> verdicts = new ArrayList<>();
    for (long round = options.round().orElse(0); round <= last; round++) {
      verdicts.add(judge.judge(round, replays.get(round)));
    }
    return new Verification(
        terms, verdicts, judge.general(), Duration.ofNanos(System.nanoTime() - began), replayTime);
  }

  /**
   * Has the model of the round that the options name handed over as it is made. It is proven when
   * that round is.
   */
  Verifier handingOver(ModelSink to) {
    sink = to;
    return this;
  }

  /** Merkle root of a round's model as it was made anew. */
  Hash modelHash(long round) {
    return MerkleTree.of(Objects.requireNonNull(replays.get(round)).hashes()).root();
  }

  private static String rounds(long first, long last) {
    return first == last ? "round " + first : "rounds " + first + " to " + last;
  }

  static ContractTerms terms(ChainClient chain, String contract) {
    ContractTerms terms =
        chain
            .registry()
            .terms(contract)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no contract "
                            + contract
                            + " on "
                            + chain.network()
                            + "; there are "
                            + chain.registry().names()));
    MergeMethods.named(terms.method());
    return terms;
  }

  /** Waits for those of the newest rounds: an anchor follows its record within seconds. */
  private List<Anchor> anchors(ChainClient chain, List<InboundRecord> log)
      throws InterruptedException {
    long sealed = RecordCheck.newestRound(log, options.contract()) + 1;
    long endNanos = System.nanoTime() + Math.min(options.patience().toNanos(), 5_000_000_000L);
    long anchored = chain.anchors().nextRound(options.contract());
    while (anchored < sealed && System.nanoTime() < endNanos) {
      Thread.sleep(PAUSE.toMillis());
      anchored = chain.anchors().nextRound(options.contract());
    }
    List<Anchor> anchors = new ArrayList<>();
    for (long round = 0; round < anchored; round++) {
      Optional<Anchor> anchor = chain.anchors().anchor(options.contract(), round);
      if (anchor.isEmpty()) {
        break; // not the smart contract that it should be: then the rest counts as not anchored
      }
      anchors.add(anchor.get());
    }
    return anchors;
  }

  private PublishedModels survey(ContractTerms terms, TopicExtent models) throws Exception {
    PublishedModels published = new PublishedModels(terms);
    try (CloseableIterator<SurveyedChunk> chunks =
        VerifyJob.survey(place.environment(0), options.kafka(), terms, models)
            .executeAndCollect("verify " + terms.contract() + ": published models")) {
      collect(chunks, published::add);
    }
    return published;
  }

  /** The newest round not behind this one whose base is at hand; 0 needs none. */
  private static long start(
      long round, NavigableMap<Long, LoggedRound> records, PublishedModels published) {
    for (long start = round; start > 0; start--) {
      @Nullable LoggedRound candidate = records.get(start);
      if (candidate != null && published.isBaseOf(candidate)) {
        return start;
      }
    }
    return 0;
  }

  /** The rounds to replay, in runs without a gap. */
  private static List<List<LoggedRound>> runs(
      NavigableMap<Long, LoggedRound> records, ContractTerms terms, long first, long last) {
    List<List<LoggedRound>> runs = new ArrayList<>();
    long expected = -1;
    for (LoggedRound round : records.subMap(first, true, Math.max(first, last), true).values()) {
      if (!RecordCheck.isReplayable(round, terms)) {
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

  /**
   * Replays a run. Behind a round that cannot be made it begins once more, at the next published
   * model that is proven.
   */
  private void replay(
      List<LoggedRound> run,
      ChainHistory ledger,
      PublishedModels published,
      TopicExtent deltas,
      TopicExtent models)
      throws Exception {
    int from = 0;
    while (from < run.size()) {
      List<LoggedRound> rest = run.subList(from, run.size());
      replayOnce(rest, ledger, published, deltas, models);
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

  private void replayOnce(
      List<LoggedRound> run,
      ChainHistory ledger,
      PublishedModels published,
      TopicExtent deltas,
      TopicExtent models)
      throws Exception {
    ContractTerms terms = ledger.terms();
    long before = run.get(0).round() - 1;
    boolean hasBase = published.isBaseOf(run.get(0));
    List<RoundHead> heads =
        run.stream().map(round -> RoundSeal.head(round.record(), terms)).toList();
    long kept = sink == null ? ReplayPlan.NONE : options.round().orElse(ReplayPlan.NONE);
    ReplayPlan plan =
        new ReplayPlan(terms, heads, ledger.sites(), hasBase ? Set.of(before) : Set.of(), kept);
    run.forEach(round -> replays.put(round.round(), new Replay(terms.chunks().chunkCount())));
    long deltaBytes =
        heads.stream().mapToLong(head -> head.participants().size()).sum() * terms.payloadBytes();
    try (CloseableIterator<ReplayNews> news =
        VerifyJob.replay(place.environment(deltaBytes), options.kafka(), plan, deltas, models)
            .executeAndCollect("verify " + terms.contract() + ": replay")) {
      collect(news, this::hear);
    }
  }

  /** Flink says of a job that has failed only that there is no next result. */
  private static <T> void collect(CloseableIterator<T> results, Consumer<T> into) {
    try {
      results.forEachRemaining(into);
    } catch (RuntimeException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new IllegalStateException(
          "the Flink job of the verification has failed: " + root.getMessage(), e);
    }
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
