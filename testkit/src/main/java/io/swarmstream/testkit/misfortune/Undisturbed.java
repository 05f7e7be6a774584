package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.testkit.TestContract;
import java.util.Objects;
import java.util.stream.IntStream;

/** Plays the recorded rounds again, with the same participants and no misfortune: the same bits. */
final class Undisturbed {
  private Undisturbed() {}

  static void compare(Scenario scenario, World.Maker maker, Readers seen, Ledger ledger)
      throws Exception {
    TestContract contract = scenario.contract();
    try (World world = maker.make(scenario.seed(), 1)) {
      contract.events().forEach(world::contractEvent);
      Readers readers = new Readers();
      pass(world, readers, 0);
      Sites sites = new Sites(contract, world, new Ledger());
      for (RoundRecord record : seen.records.values()) {
        if (record.getParticipants().size() > 1) {
          welcome(contract, record, sites);
          pass(world, readers, 0);
        }
        for (Participant in : record.getParticipants()) {
          Ledger.Sent sent =
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
      }
    }
  }

  /** All of the round are waited for, so that it does not close before the last of them. */
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
