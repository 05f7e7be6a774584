package io.swarmstream.verification;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.log.LogHistory;
import io.swarmstream.operators.merging.ChunkStep;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.MerkleTree;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.TopicExtent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/**
 * Verifies rounds of one contract. Reads records and anchors itself, and lets Flink jobs read
 * deltas and models, which do not fit into memory: it holds their hashes only.
 */
public final class Verifier {
  private final VerifyOptions options;
  private final VerifyJob.Place place;
  private final Progress progress;

  /** Receives the model of the round that the options name; null when nobody needs it. */
  private @Nullable ModelSink sink;

  /** Null until the replay begins. */
  private @Nullable RoundReplays replays;

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
    long beganNanos = System.nanoTime();
    progress.begins("reading the terms, the enrolments, the round records and their anchors");
    String contract = options.contract();
    List<InboundRecord> log;
    ChainHistory history;
    try (ChainClient client = ChainClient.reading(options.chain())) {
      ChainReader chain = new ChainReader(client, contract);
      ContractTerms terms = chain.terms();
      log = LogHistory.rounds(options.kafka(), contract, options.patience());
      long sealed = RecordSelection.newestRound(log, contract) + 1;
      history = chain.history(terms, sealed, options.patience());
    }
    RecordCheck.Result records = RecordCheck.of(log, history);
    long end = history.end(records.rounds());
    requireRound(end);

    TopicExtent deltas = extent(Topic.DELTAS);
    progress.begins("reading the published models");
    List<TopicExtent> topics = new ArrayList<>(List.of(extent(Topic.MODELS)));
    PublishedModels models = survey(history.terms(), Topic.MODELS, 1, topics.get(0));
    @Nullable PublishedModels state = null;
    if (!history.terms().optimizer().isNone()) {
      int vectors = ChunkStep.vectors(history.terms().optimizer());
      topics.add(extent(Topic.OPTIMIZER));
      state = survey(history.terms(), Topic.OPTIMIZER, vectors, topics.get(1));
    }
    PublishedRounds published = new PublishedRounds(records.rounds(), models, state);

    long last = options.round().orElse(end - 1);
    long first = options.round().isEmpty() ? 0 : start(last, published);
    long replayBeganNanos = System.nanoTime();
    RoundReplays replayed = replays(history, published, deltas, topics);
    replayed.run(records.rounds(), first, last);
    Duration replayTime = since(replayBeganNanos);

    Judge judge = new Judge(history, records, published, deltas);
    List<RoundVerdict> verdicts = new ArrayList<>();
    for (long round = options.round().orElse(0); round <= last; round++) {
      verdicts.add(judge.judge(round, replayed.of(round)));
    }
    return new Verification(
        history.terms(),
        verdicts,
        judge.general(),
        new Verification.Times(since(beganNanos), replayTime));
  }

  /**
   * Passes on the model of the round that the options name as it is computed. The model is proven
   * when that round is.
   */
  Verifier handingOver(ModelSink to) {
    sink = to;
    return this;
  }

  /** Merkle root of a round's replayed model. */
  Hash modelHash(long round) {
    Replay replay = Objects.requireNonNull(Objects.requireNonNull(replays).of(round));
    return MerkleTree.of(replay.hashes()).root();
  }

  private void requireRound(long end) {
    if (options.round().isPresent() && options.round().getAsLong() >= end) {
      throw new IllegalArgumentException(
          "contract "
              + options.contract()
              + " has no round "
              + options.round().getAsLong()
              + " yet; "
              + (end == 0 ? "none is sealed" : "the newest is " + (end - 1)));
    }
  }

  private TopicExtent extent(Topic topic) throws InterruptedException {
    return LogHistory.extent(options.kafka(), topic.of(options.contract()), options.patience());
  }

  private PublishedModels survey(ContractTerms terms, Topic topic, int vectors, TopicExtent extent)
      throws Exception {
    PublishedModels published = new PublishedModels(terms, topic);
    collect(
        VerifyJob.survey(place.environment(0), options.kafka(), terms, vectors, extent),
        "verify " + terms.contract() + ": " + extent.topic(),
        published::add);
    return published;
  }

  /** The newest round up to this one whose base is published; round 0 needs no base. */
  private static long start(long round, PublishedRounds published) {
    for (long start = round; start > 0; start--) {
      @Nullable LoggedRound candidate = published.records().get(start);
      if (candidate != null && published.isBaseOf(candidate)) {
        return start;
      }
    }
    return 0;
  }

  private RoundReplays replays(
      ChainHistory history,
      PublishedRounds published,
      TopicExtent deltas,
      List<TopicExtent> topics) {
    RoundReplays all =
        new RoundReplays(
            history,
            published,
            progress,
            (plan, deltaBytes, results) ->
                collect(
                    VerifyJob.replay(
                        place.environment(deltaBytes), options.kafka(), plan, deltas, topics),
                    "verify " + options.contract() + ": replay",
                    results));
    if (sink != null && options.round().isPresent()) {
      all.handOver(options.round().getAsLong(), sink);
    }
    replays = all;
    return all;
  }

  /**
   * Runs a job and collects its results. When a job fails, Flink only reports that there is no next
   * result.
   */
  private static <T> void collect(DataStream<T> stream, String name, Consumer<T> into)
      throws Exception {
    try (CloseableIterator<T> results = stream.executeAndCollect(name)) {
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
  }

  private static Duration since(long beganNanos) {
    return Duration.ofNanos(System.nanoTime() - beganNanos);
  }
}
