package io.swarmstream.cli.bench;

import io.swarmstream.chain.ChainClient;
import io.swarmstream.kafka.client.ContractLog;
import io.swarmstream.kafka.client.DeltaProducer;
import io.swarmstream.kafka.client.ModelLog;
import io.swarmstream.kafka.client.SealedRound;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.Contribution;
import io.swarmstream.schemas.FlatVector;
import io.swarmstream.schemas.Hash;
import io.swarmstream.schemas.OutboundRecord;
import io.swarmstream.schemas.SiteEvents;
import io.swarmstream.schemas.SiteKey;
import io.swarmstream.schemas.Topic;
import io.swarmstream.schemas.WireFormat;
import io.swarmstream.site.SiteOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many sites, each with its own key and contributions, that share one process's clients: they sign
 * and send each for itself, and read the model once for all.
 */
final class Crowd {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final SiteOptions options;
  private final int sites;

  Crowd(SiteOptions options, int sites) {
    this.options = options;
    this.sites = sites;
  }

  void run(int rounds, SiteDriver.Lines lines) throws Exception {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (ChainClient chain = ChainClient.reading(options.chain());
        DeltaProducer producer = DeltaProducer.of(options.kafka());
        ContractLog log = ContractLog.ofAllSites(options.kafka(), options.contract(), PATIENCE)) {
      ContractTerms terms = chain.readTerms(options.contract()).orElseThrow();
      List<SiteKey> keys = new ArrayList<>();
      for (int site = 0; site < sites; site++) {
        SiteKey key = SiteDriver.key(site);
        keys.add(key);
        byte[] joined =
            WireFormat.SITE_EVENT.encode(
                SiteEvents.sign(key, terms, SiteEvents.JOINED, System.currentTimeMillis()));
        producer.send(new OutboundRecord(Topic.SITES.of(terms.contract()), key.address(), joined));
      }
      producer.flush(PATIENCE);
      try (ModelLog models =
          ModelLog.open(options.kafka(), options.contract(), terms.chunks(), PATIENCE)) {
        Hash base = Hash.ZERO;
        for (int round = 0; round < rounds; round++) {
          List<Callable<SiteRound>> sends = new ArrayList<>();
          for (int site = 0; site < sites; site++) {
            int one = site;
            int at = round;
            Hash from = base;
            sends.add(() -> send(one, keys.get(one), terms, at, from, producer));
          }
          List<SiteRound> sent = new ArrayList<>();
          for (Future<SiteRound> done : threads.invokeAll(sends)) {
            sent.add(done.get());
          }
          producer.flush(PATIENCE);
          double sentAt = SiteDriver.millis(System.nanoTime());
          SealedRound sealed = log.awaitRound(round, PATIENCE);
          double sealedAt = SiteDriver.millis(System.nanoTime());
          models.read(sealed.record(), (chunk, offset, payload) -> {}, PATIENCE);
          double readAt = SiteDriver.millis(System.nanoTime());
          while (chain.anchor(options.contract(), round).isEmpty()) {
            Thread.sleep(5);
          }
          double confirmedAt = SiteDriver.millis(System.nanoTime());
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

  private static SiteRound send(
      int site, SiteKey key, ContractTerms terms, long round, Hash base, DeltaProducer producer) {
    double handedOver = SiteDriver.millis(System.nanoTime());
    FlatVector delta = Drift.of(null, Drift.noise(site), round);
    Contribution contribution =
        Contribution.sign(key, terms, round, base, delta, SiteDriver.header());
    double signed = SiteDriver.millis(System.nanoTime());
    for (int chunk = 0; chunk < contribution.chunkCount(); chunk++) {
      producer.send(
          terms.contract(),
          String.valueOf(chunk),
          WireFormat.DELTA_CHUNK.encode(contribution.chunk(chunk)));
    }
    return new SiteRound(site, round, handedOver, signed, 0, 0, 0, 0, 0);
  }
}
