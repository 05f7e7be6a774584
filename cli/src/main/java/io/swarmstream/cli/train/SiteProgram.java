package io.swarmstream.cli.train;

import io.swarmstream.examples.digits.DemoDefaults;
import io.swarmstream.examples.digits.Samples;
import io.swarmstream.examples.digits.Trainer;
import io.swarmstream.examples.training.SiteTraining;
import io.swarmstream.examples.training.SiteTraining.SyncOptions;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.local.processes.OwnSites;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Runs one site of a training as a process: joins, trains until the last round, and leaves.
 *
 * <p>The process may be killed and restarted at any moment. What it trains in a round depends only
 * on that round's base model: it keeps no momentum between rounds, and the round determines the
 * order of its batches. After a restart it therefore contributes the same bits.
 */
public final class SiteProgram {
  private static final Duration ROUND_DEADLINE = Duration.ofMinutes(5);

  /** All sites have the same weight. */
  static final int WEIGHT = 1;

  private final TrainingPlan plan;
  private final int site;
  private final Samples samples;

  private SiteProgram(TrainingPlan plan, int site) {
    this.plan = plan;
    this.site = site;
    this.samples = plan.split().sites().get(site);
  }

  /** Arguments: the cluster's folder, then {@link TrainingPlan#arguments}. */
  public static void main(String[] args) throws Exception {
    List<String> arguments = Arrays.asList(args).subList(1, args.length);
    TrainingPlan plan = TrainingPlan.ofArguments(arguments);
    int site = Integer.parseInt(arguments.get(arguments.size() - 1));
    SwarmProperties swarm = new OwnSites(Path.of(args[0])).connection(TrainingPlan.siteName(site));
    try {
      new SiteProgram(plan, site)
          .run(SiteOptions.of(plan.contract(), swarm.kafkaEndpoint(), swarm.chainOptions()));
      System.exit(0);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1); // the process that started this one restarts it
    }
  }

  private void run(SiteOptions options) throws InterruptedException {
    try (SwarmSite joined = SwarmSite.join(options, plan.key(site))) {
      long done = joined.base().map(Merged::round).orElse(-1L);
      say("joined; the newest model is of round " + done);
      while (done < plan.rounds()) {
        Merged merged = round(joined, done + 1);
        done = merged.round();
        say(
            "round %d model %s %s"
                .formatted(
                    done, merged.hash().hex(), merged.participated() ? "took part" : "without me"));
      }
      joined.leave();
    }
  }

  private Merged round(SwarmSite joined, long round) throws InterruptedException {
    double epochs =
        (double) plan.rounds()
            * plan.syncFrequency()
            * DemoDefaults.trainer().batchSize()
            / samples.size();
    SyncOptions sync = new SyncOptions(plan.syncFrequency(), WEIGHT, epochs, ROUND_DEADLINE);
    try (Trainer trainer =
        new Trainer(samples, plan.seed(), plan.batchSeed(site, round), DemoDefaults.trainer())) {
      SiteTraining training = new SiteTraining(joined, trainer, sync);
      Merged start = training.begin();
      return round == 0 ? start : training.next();
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
