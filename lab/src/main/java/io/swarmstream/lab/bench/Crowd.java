package io.swarmstream.lab.bench;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.DeltaProducer;
import io.swarmstream.clients.kafka.log.ModelLog;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.contribution.SiteEvents;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.site.SiteOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Many sites that share one process's clients. Each site has its own key, and signs and sends its
 * own contributions; the model is read once for all of them.
 *
 * <p>These sites do not keep the error that a lossy encoding leaves in a delta. Real sites keep it,
 * but for a thousand sites in one process that would take a thousand models of memory. With a lossy
 * encoding, these sites therefore do slightly less work than real ones.
 */
final class Crowd {
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final long ANCHOR_PAUSE_MS = 5;

  /** Like a site, keeps payloads in memory while they are small compared with the heap. */
  private static final long KEPT_BYTES = Runtime.getRuntime().maxMemory() / 64;

  private static final ContributionHeader HEADER =
      new ContributionHeader(1, 0L, Double.NaN, Double.NaN, 0.0, 0.0, CheckIn.TRAINING.code());

  private final SiteOptions options;
  private final List<SiteKey> keys;

  Crowd(SiteOptions options, int sites) {
    this.options = options;
    this.keys = IntStream.range(0, sites).mapToObj(SiteDriver::key).toList();
  }

  void run(int rounds, SiteDriver.Lines lines) throws Exception {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (ChainClient chain = ChainClient.reading(options.chain());
        DeltaProducer producer = DeltaProducer.of(options.kafka());
        ContractLog log = ContractLog.ofAllSites(options.kafka(), options.contract(), PATIENCE)) {
      ContractTerms terms = chain.registry().terms(options.contract()).orElseThrow();
      join(terms, producer);
      try (ModelLog models = ModelLog.open(options.kafka(), terms, PATIENCE)) {
        Hash base = Hash.ZERO;
        for (int round = 0; round < rounds; round++) {
          List<SiteRound> sent = sendAll(threads, terms, round, base, producer);
          double sentAt = now();
          PublishedRound sealed = log.awaitRound(round, PATIENCE);
          double sealedAt = now();
          models.read(sealed.record(), (chunk, offset, payload) -> {}, PATIENCE);
          double readAt = now();
          awaitAnchor(chain, round);
          double confirmedAt = now();
          double closedAt = SiteDriver.wallMillis(sealed.record().getClosedAtMs());
          base = Hash.of(sealed.record().getModelHash());
          for (SiteRound one : sent) {
            lines.add(
                new SiteRound(
                    one.site(),
                    round,
                    one.handedOver(),
                    one.signed(),
                    sentAt,
                    closedAt,
                    sealedAt,
                    readAt,
                    confirmedAt));
          }
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void join(ContractTerms terms, DeltaProducer producer) throws InterruptedException {
    for (SiteKey key : keys) {
      byte[] joined =
          WireFormat.SITE_EVENT.encode(
              SiteEvents.sign(key, terms, SiteEvents.JOINED, System.currentTimeMillis()));
      producer.send(new OutboundRecord(Topic.SITES.of(terms.contract()), key.address(), joined));
    }
    producer.flush(PATIENCE);
  }

  /** Returns once the log holds all deltas; the times of later events are 0 in the results. */
  private List<SiteRound> sendAll(
      ExecutorService threads, ContractTerms terms, long round, Hash base, DeltaProducer producer)
      throws Exception {
    List<Callable<SiteRound>> sends = new ArrayList<>();
    for (int site = 0; site < keys.size(); site++) {
      int one = site;
      sends.add(() -> send(one, terms, round, base, producer));
    }
    List<SiteRound> sent = new ArrayList<>();
    for (Future<SiteRound> done : threads.invokeAll(sends)) {
      sent.add(done.get());
    }
    producer.flush(PATIENCE);
    return sent;
  }

  private SiteRound send(
      int site, ContractTerms terms, long round, Hash base, DeltaProducer producer) {
    double handedOver = now();
    FlatVector delta = SeededModel.of(null, SeededModel.noise(site), round);
    Contribution contribution =
        Contribution.sign(keys.get(site), terms, round, base, delta, HEADER, KEPT_BYTES);
    double signed = now();
    for (int chunk = 0; chunk < contribution.chunkCount(); chunk++) {
      producer.send(
          terms.contract(),
          String.valueOf(chunk),
          WireFormat.DELTA_CHUNK.encode(contribution.chunk(chunk)));
    }
    return new SiteRound(site, round, handedOver, signed, 0, 0, 0, 0, 0);
  }

  private void awaitAnchor(ChainClient chain, long round) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (chain.anchors().anchor(options.contract(), round).isEmpty()) {
      if (System.nanoTime() > end) {
        throw new DeadlineException(
            "no anchor of round "
                + round
                + " on the chain within "
                + PATIENCE.toMinutes()
                + " min");
      }
      Thread.sleep(ANCHOR_PAUSE_MS);
    }
  }

  private static double now() {
    return SiteDriver.millis(System.nanoTime());
  }
}
