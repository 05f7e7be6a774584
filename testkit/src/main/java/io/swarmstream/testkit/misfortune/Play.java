package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.testkit.TestContract;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Plays a scenario on a world: first its misfortunes, then a calm phase in which rounds must
 * continue. Finally checks what was seen against the guarantees.
 */
public final class Play {
  /** After this long a new contract looks whether a checkpoint has it. */
  static final long NEW_CONTRACT_MS = 20;

  private final Scenario scenario;
  private final TestContract contract;
  private final World world;
  private final Random random;
  private final Readers readers = new Readers();
  private final SentRecords ledger = new SentRecords();
  private final Registry registry;
  private final Sites sites;
  private final Liars liars;

  /** Whether the job certainly knows the contract, even after a crash. */
  private boolean known;

  private Play(Scenario scenario, World world) {
    this.scenario = scenario;
    this.contract = scenario.contract();
    this.world = world;
    this.random = new Random(scenario.seed() + 1);
    this.registry = new Registry(scenario, world);
    this.sites = new Sites(contract, world, ledger);
    this.liars = new Liars(contract);
  }

  /**
   * Plays a scenario to its end, after which all sites are live and nothing is in flight.
   *
   * @param leftovers checks that between rounds the world holds only what it needs
   * @throws AssertionError when a guarantee does not hold; describes the scenario in words
   */
  public static void of(Scenario scenario, World.Maker maker, Leftovers leftovers)
      throws Exception {
    try (World world = maker.make(scenario.seed(), scenario.parallelism())) {
      Play play = new Play(scenario, world);
      play.misfortunes();
      new Calm(scenario, world, play.readers, play.ledger, play.registry, play.sites).play();
      play.read();
      new Invariants(scenario, play.readers, play.ledger, play.registry).check(world);
      leftovers.check(world);
      if (scenario.contract().terms().method().equals("geomedian") || scenario.seed() % 8 == 0) {
        CalmReplay.compare(scenario, maker, play.readers, play.ledger);
      }
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          e.getMessage() + "\nReplay with -Dswarm.seed=" + scenario.seed() + "\n" + scenario, e);
    }
  }

  /** Checks what a world holds when all sites are live and nothing is in flight. */
  @FunctionalInterface
  public interface Leftovers {
    void check(World world) throws Exception;
  }

  private void misfortunes() throws Exception {
    for (Happening happening : scenario.happenings()) {
      happen(happening);
      read();
    }
  }

  private void read() throws MalformedRecordException {
    readers.read(world.committed());
    Broken.unless(
        world.refusedAnchors().isEmpty(), "the chain refused anchors %s", world.refusedAnchors());
  }

  private void happen(Happening happening) throws Exception {
    if (happening instanceof Happening.Pass pass) {
      for (int i = 0; i < pass.steps() && world.step(); i++) {}
    } else if (happening instanceof Happening.Wait wait) {
      world.tick(wait.ms());
    } else if (happening instanceof Happening.Send send) {
      send(send);
    } else if (happening instanceof Happening.Say say) {
      sites.say(say.site(), say.joined());
      registry.doubt(say.site());
    } else if (happening instanceof Happening.Tell tell) {
      tell(tell);
    } else if (happening instanceof Happening.Create) {
      create();
    } else if (happening instanceof Happening.Enrol enrol) {
      registry.enrol(enrol.site());
    } else if (happening instanceof Happening.Remove remove) {
      registry.remove(remove.site());
    } else if (happening instanceof Happening.Chain chain) {
      registry.setAway(chain.away());
    } else if (happening instanceof Happening.Checkpoint checkpoint) {
      if (checkpoint.start()) {
        world.startCheckpoint();
      } else {
        world.declineCheckpoint();
      }
    } else if (happening instanceof Happening.Crash crash) {
      world.crash(crash.parallelism());
    }
  }

  /** If nothing was sent before, everything sent later is certain to find the contract. */
  private void create() throws Exception {
    boolean first = scenario.happenings().get(0) instanceof Happening.Create;
    registry.create();
    if (first) {
      for (int i = 0; i < 2; i++) {
        world.startCheckpoint();
        while (world.step()) {}
        world.tick(NEW_CONTRACT_MS);
        while (world.step()) {}
      }
      known = true;
    } else {
      for (int site = 0; site < contract.sites().size(); site++) {
        registry.doubt(site);
      }
    }
  }

  private void send(Happening.Send send) {
    long round = readers.nextRound() - send.roundsBack();
    if (round >= 0) {
      sites.send(send.site(), round, readers.base(round), send.variant(), send.chunks(), !known);
    }
  }

  private void tell(Happening.Tell tell) {
    if (tell.lie() == Lie.COPIES) {
      copies(tell.detail());
      return;
    }
    long round = readers.nextRound();
    Hash base = readers.base(round);
    byte[] bytes = liars.tell(tell.lie(), tell.site(), round, base, tell.detail());
    ledger.bad.put(
        sites.append(tell.detail() % 3, bytes),
        new SentRecords.Bad(tell.lie(), tell.site(), tell.lie().reasons(), !known));
  }

  private void copies(int detail) {
    List<SentRecords.Copy> sent = new ArrayList<>(ledger.copies.values());
    if (!sent.isEmpty()) {
      Set<Integer> chosen = new HashSet<>();
      for (int i = 0; i < 1 + detail % 20; i++) {
        // Usually repeats the same record.
        chosen.add(random.nextInt(sent.size()));
        SentRecords.Copy copy =
            sent.get(
                random.nextInt(4) > 0 ? chosen.iterator().next() : random.nextInt(sent.size()));
        sites.copy(copy, !known);
      }
    }
  }
}
