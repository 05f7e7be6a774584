package io.swarmstream.lab.chaos;

import io.swarmstream.cli.train.SiteProcess;
import io.swarmstream.cli.train.TrainingRun;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.log.ContractHistory;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.hashing.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks what a training left in the log, on the chain and at the sites. Every round must include
 * every site, because the contract's minimum of peers is their number.
 */
record Audit(
    int rounds,
    int lost,
    int doubled,
    int roundsWithTwoModels,
    String modelHash,
    boolean sitesAgree,
    boolean anchorsMatch) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static Audit of(TrainingRun run, SwarmProperties swarm) throws Exception {
    String contract = run.plan().contract();
    ContractHistory history = ContractHistory.read(swarm.kafkaEndpoint(), contract, PATIENCE);
    Map<Long, PublishedRound> byRound = new TreeMap<>();
    history.records().forEach(record -> byRound.putIfAbsent(record.round(), record));
    int participants = 0;
    int doubled = 0;
    Set<String> contributions = new HashSet<>();
    for (PublishedRound round : byRound.values()) {
      Set<String> sites = new HashSet<>();
      for (Participant in : round.record().getParticipants()) {
        boolean first =
            sites.add(in.getSite())
                && contributions.add(in.getSite() + Hash.of(in.getContribution()).hex());
        participants++;
        doubled += first ? 0 : 1;
      }
    }
    int expected = (run.plan().rounds() + 1) * run.plan().sites();
    PublishedRound last = byRound.get((long) run.plan().rounds());
    String model = last == null ? "" : last.anchor().modelHash();
    return new Audit(
        byRound.size(),
        expected - (participants - doubled),
        doubled,
        history.roundsWithTwoModels().size(),
        model,
        sitesHold(run.sites(), model),
        areAnchored(byRound, swarm, contract));
  }

  /** Whether the last round that every site reports has this model. */
  private static boolean sitesHold(List<SiteProcess> sites, String model) throws IOException {
    for (SiteProcess site : sites) {
      String last =
          Files.readAllLines(site.log()).stream()
              .filter(line -> line.startsWith("round "))
              .reduce("", (before, line) -> line);
      if (!last.contains(" model " + model + " ")) {
        return false;
      }
    }
    return true;
  }

  private static boolean areAnchored(
      Map<Long, PublishedRound> rounds, SwarmProperties swarm, String contract)
      throws InterruptedException {
    try (ChainClient chain = ChainClient.reading(swarm.chainOptions())) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (chain.anchors().nextRound(contract) < rounds.size()) {
        if (System.nanoTime() > end) {
          return false;
        }
        Thread.sleep(100);
      }
      for (PublishedRound round : rounds.values()) {
        Anchor anchor = chain.anchors().anchor(contract, round.round()).orElse(null);
        if (!round.anchor().equals(anchor)) {
          return false;
        }
      }
      return chain.anchors().nextRound(contract) == rounds.size();
    }
  }
}
