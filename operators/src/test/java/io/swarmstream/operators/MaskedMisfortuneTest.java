package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.operators.merging.ChunkMerge;
import io.swarmstream.operators.rig.GraphRig;
import io.swarmstream.operators.rig.MaskedActor;
import io.swarmstream.operators.rig.SwarmRig;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.MaskedSum;
import io.swarmstream.testkit.TestContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Masked rounds come to their sum whatever happens: sites that are silent, repeat themselves, leave
 * or are removed, and jobs that crash. Sites notice when the job asks for more than one sum.
 *
 * <p>{@code -Dswarm.seed=7} plays one scenario again, {@code -Dswarm.scenarios=1000} that many.
 */
@Execution(ExecutionMode.CONCURRENT)
class MaskedMisfortuneTest {
  private static final int FEW = 5;
  private static final int SCENARIOS = 40;
  private static final int GRACE_MS = 1_000;
  private static final int CALM_TURNS = 60;

  /** For the means of groups. */
  private static final List<String> METHODS = List.of("coordmedian", "geomedian", "multikrum:0");

  @Test
  void noMisfortuneBreaksAMaskedRound() throws Exception {
    Long only = Long.getLong("swarm.seed");
    long first = only == null ? Long.getLong("swarm.first", 0) : only;
    play(first, first + (only == null ? Long.getLong("swarm.scenarios", FEW) : 1));
  }

  @Tag("slow")
  @Test
  void noneOfManyMisfortunesBreaksAMaskedRound() throws Exception {
    play(FEW, SCENARIOS);
  }

  private static void play(long first, long end) throws Exception {
    for (long seed = first; seed < end; seed++) {
      // What groups change does not depend on the rest, and takes more sites.
      try (Playing playing = new Playing(seed, seed % 5 == 4)) {
        playing.misfortunes();
        playing.calm();
        playing.check();
      } catch (Exception | AssertionError e) {
        throw new AssertionError(e.getMessage() + "\nReplay with -Dswarm.seed=" + seed, e);
      }
    }
  }

  /** One scenario while it is played. */
  private static final class Playing implements AutoCloseable {
    private final Random random;
    private final TestContract contract;
    private final SwarmRig rig;
    private final List<MaskedActor> actors = new ArrayList<>();
    private final Set<Integer> silent = new HashSet<>();
    private final Set<Integer> removed = new HashSet<>();
    private long saidMs;
    private long block = 1_000;

    Playing(long seed, boolean grouped) throws Exception {
      random = new Random(seed * 0x9E3779B97F4A7C15L + 2);
      int sites = grouped ? 13 + random.nextInt(2) : 4 + random.nextInt(3);
      contract =
          grouped
              ? TestContract.of("c", METHODS.get(random.nextInt(3)), sites, 12, GRACE_MS)
                  .withPrivacy("grouped(groups=4,range=2)")
              : TestContract.of("c", "mean", sites, 3, GRACE_MS).withPrivacy("masked(range=2)");
      rig = new SwarmRig(seed, 1 << random.nextInt(2), contract);
      for (int site = 0; site < sites; site++) {
        actors.add(new MaskedActor(contract, site));
      }
      rig.graph().startCheckpoint();
      rig.settle();
    }

    private GraphRig graph() {
      return rig.graph();
    }

    void misfortunes() throws Exception {
      int count = 30 + random.nextInt(80);
      for (int i = 0; i < count; i++) {
        happen(random.nextInt(100));
      }
    }

    private void happen(int kind) throws Exception {
      int site = random.nextInt(actors.size());
      if (kind < 55) {
        act(site, random.nextInt(5) == 0);
      } else if (kind < 70) {
        for (int i = random.nextInt(60); i > 0 && graph().step(); i--) {}
      } else if (kind < 78) {
        rig.settle();
      } else if (kind < 84) {
        rig.advance(random.nextInt(3) == 0 ? GRACE_MS : random.nextInt(400));
      } else if (kind < 89) {
        graph().startCheckpoint();
      } else if (kind < 93) {
        graph().crash(1 << random.nextInt(2));
      } else if (kind < 95) {
        var unused = silent.contains(site) ? silent.remove(site) : silent.add(site);
      } else if (kind < 97) {
        rig.say(contract, site, random.nextBoolean() ? "joined" : "left", ++saidMs);
      } else if (removed.isEmpty()) {
        removed.add(site);
        graph()
            .contractEvents(
                List.of(ContractEvent.removed(++block, 0, "c", contract.site(site).address())));
      } else {
        enrolAll();
      }
    }

    private void enrolAll() {
      for (int site : removed) {
        graph()
            .contractEvents(
                List.of(
                    ContractEvent.enrolled(
                        ++block,
                        0,
                        "c",
                        contract.site(site).address(),
                        contract.site(site).name(),
                        TestContract.MAX_WEIGHT)));
      }
      removed.clear();
    }

    /** A site sends what it would send now, perhaps only a part of it. */
    private void act(int site, boolean dies) throws Exception {
      if (silent.contains(site)) {
        return;
      }
      actors.get(site).read(graph());
      List<byte[]> next = actors.get(site).next();
      for (byte[] record : dies ? next.subList(0, random.nextInt(next.size() + 1)) : next) {
        long unused = rig.sendBytes("c", record);
      }
    }

    /** Everything works again, and all sites are there. */
    void calm() throws Exception {
      silent.clear();
      enrolAll();
      long until = graph().nowMs();
      for (int site = 0; site < actors.size(); site++) {
        rig.say(contract, site, "joined", until + ++saidMs);
        actors.get(site).read(graph());
      }
      long goal = actors.get(0).openRound() + 3;
      for (int turn = 0; turn < CALM_TURNS && actors.get(0).openRound() < goal; turn++) {
        for (int site = 0; site < actors.size(); site++) {
          act(site, false);
        }
        rig.settle();
        graph().startCheckpoint();
        rig.advance(GRACE_MS);
        actors.get(0).read(graph());
      }
      assertThat(actors.get(0).openRound()).as("rounds when all was calm").isEqualTo(goal);
    }

    void check() throws Exception {
      assertThat(graph().refusedAnchors()).isEmpty();
      Map<Long, RoundRecord> records = new TreeMap<>();
      for (RoundRecord record : rig.records(contract)) {
        RoundRecord before = records.putIfAbsent(record.getRound(), record);
        assertThat(before == null || before.equals(record)).as("one record").isTrue();
        assertThat(MaskedSum.flaw(record, contract.terms())).isEmpty();
      }
      double[] model = new double[Math.toIntExact(contract.terms().parameterCount())];
      records.values().forEach(record -> add(record, model));
      float[] merged = rig.model(contract).orElseThrow();
      for (int i = 0; i < model.length; i++) {
        assertThat((double) merged[i]).isCloseTo(model[i], within(1e-6 * records.size()));
      }
    }

    /** Adds what a round merged: the method on the mean of each group, or of all. */
    private void add(RoundRecord record, double[] model) {
      List<String> in = record.getParticipants().stream().map(Participant::getSite).toList();
      MaskedSum masks =
          MaskedSum.of(
              Cohort.hash(record),
              record.getMaskMembers(),
              in,
              record.getMaskWeightLimit(),
              contract.terms());
      float[][] means = new float[masks.sums().size()][model.length];
      int[] equal = new int[means.length];
      Arrays.fill(equal, 1);
      for (int group = 0; group < means.length; group++) {
        double[] sum = new double[model.length];
        int weight = 0;
        for (int row : masks.sums().get(group).rows()) {
          int site = number(in.get(row));
          float[] delta = MaskedActor.delta(contract, site, record.getRound());
          weight += MaskedActor.weight(site);
          for (int i = 0; i < sum.length; i++) {
            sum[i] += (double) MaskedActor.weight(site) * delta[i];
          }
        }
        for (int i = 0; i < sum.length; i++) {
          means[group][i] = (float) (sum[i] / weight);
        }
      }
      float[] merged =
          ChunkMerge.whole(contract.terms().method(), Limits.NONE, record.getRound(), means, equal);
      for (int i = 0; i < model.length; i++) {
        model[i] += merged[i];
      }
    }

    private int number(String address) {
      for (int site = 0; site < actors.size(); site++) {
        if (contract.site(site).address().equals(address)) {
          return site;
        }
      }
      throw new AssertionError(address + " is not a site");
    }

    @Override
    public void close() throws Exception {
      rig.close();
    }
  }
}
