package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.testkit.TestContract;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Replays the recorded rounds with the same participants and without misfortunes; the results must
 * be bit-identical.
 */
final class CalmReplay {
  private CalmReplay() {}

  static void compare(Scenario scenario, World.Maker maker, Readers seen, SentRecords ledger)
      throws Exception {
    TestContract contract = scenario.contract();
    try (World world = maker.make(scenario.seed(), 1)) {
      contract.events().forEach(world::contractEvent);
      Readers readers = new Readers();
      pass(world, readers, 0);
      pass(world, readers, Play.NEW_CONTRACT_MS);
      Sites sites = new Sites(contract, world, new SentRecords());
      for (RoundRecord record : seen.records.values()) {
        if (record.getParticipants().size() > 1) {
          welcome(contract, record, sites);
          pass(world, readers, 0);
        }
        for (Participant in : record.getParticipants()) {
          SentRecords.Sent sent =
              Objects.requireNonNull(ledger.contributions.get(Hash.of(in.getContribution()).hex()));
          IntStream.range(0, sent.contribution.chunkCount())
              .mapToObj(chunk -> Objects.requireNonNull(sent.copies.get(chunk)).get(0))
              .forEach(copy -> sites.append(0, copy.bytes));
        }
        pass(world, readers, 0);
        if (readers.nextRound() == record.getRound()) {
          pass(world, readers, contract.terms().gracePeriodMs());
        }
        Broken.unless(
            readers.nextRound() == record.getRound() + 1
                && readers.base(record.getRound() + 1).equals(seen.base(record.getRound() + 1)),
            "without misfortune, round %d comes to another model",
            record.getRound());
        Broken.unless(
            Objects.requireNonNull(readers.records.get(record.getRound()))
                .getOptimizerState()
                .equals(record.getOptimizerState()),
            "without misfortune, round %d comes to another state of the optimizer",
            record.getRound());
      }
    }
  }

  /**
   * Makes the round wait for all its participants, so that it does not close before the last one.
   */
  private static void welcome(TestContract contract, RoundRecord record, Sites sites) {
    for (int site = 0; site < contract.sites().size(); site++) {
      String address = contract.site(site).address();
      if (record.getParticipants().stream().anyMatch(in -> in.getSite().equals(address))) {
        sites.say(site, true);
      }
    }
  }

  private static void pass(World world, Readers readers, long ms) throws Exception {
    world.tick(ms);
    while (world.step()) {}
    world.startCheckpoint();
    while (world.step()) {}
    readers.read(world.committed());
  }
}
