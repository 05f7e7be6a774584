package io.swarmstream.tasks.agent;

import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.tasks.policy.PolicyVerdict;
import io.swarmstream.tasks.policy.PolicyVerdict.Decision;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.StartedTrainer;
import io.swarmstream.tasks.run.TrainerOrder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One site of a training: its node, then its trainer, then what became of them. */
final class SiteTurn {
  private static final int MOST_STARTS = 3;

  // -- configuration
  private final int index;
  private final RunJournal journal;
  private final SiteNodes nodes;
  private final HostOrders orders;
  private final PlannedTask plan;
  private final Supplier<PolicyVerdict> policy;
  private final SiteOrder site;
  private final AgentLimits limits;
  private final InstantSource clock;
  private final Executor threads;

  // -- runtime
  private final KeptLog log;
  private int starts;
  private @Nullable Instant nodeSince;
  private boolean hasStartedTrainer;

  SiteTurn(
      int index,
      RunJournal journal,
      SiteNodes nodes,
      HostOrders orders,
      PlannedTask plan,
      Supplier<PolicyVerdict> policy,
      SiteOrder site,
      AgentLimits limits,
      InstantSource clock,
      Executor threads)
      throws IOException {
    this.index = index;
    this.journal = journal;
    this.nodes = nodes;
    this.orders = orders;
    this.plan = plan;
    this.policy = policy;
    this.site = site;
    this.limits = limits;
    this.clock = clock;
    this.threads = threads;
    this.log = new KeptLog(site.place());
  }

  int index() {
    return index;
  }

  /**
   * Looks once.
   *
   * @param trainer of this site, running or ended; null: there is none
   */
  void step(@Nullable StartedTrainer trainer) throws IOException {
    Optional<SiteNodes.StartedNode> node = nodes.find(site.place());
    if (trainer != null && !trainer.isRunning()) {
      end(trainer, node);
      return;
    }
    if (trainer == null && hasStartedTrainer) {
      throw new RunFailure("the trainer of " + uid() + " was removed by somebody else");
    }
    if (node.isEmpty()) {
      startNode();
      return;
    }
    if (trainer != null) {
      log.follow(trainer);
      says("Enroll Successful: trainer " + trainer.name() + " runs");
    } else if (node.get().isReady()) {
      startTrainer();
    } else {
      awaitNode();
    }
  }

  private void startNode() throws IOException {
    if (starts == MOST_STARTS) {
      throw new RunFailure(
          "the node of site " + uid() + " has ended " + starts + " times" + LogTail.of(site.log()));
    }
    starts++;
    nodeSince = clock.instant();
    var unused = nodes.start(site);
    if (!journal.present().peers().get(index).isTrainerStarted()) {
      says("Created containers to match profile : " + orders.sites().size());
    }
  }

  private void awaitNode() {
    Instant since = nodeSince == null ? clock.instant() : nodeSince;
    nodeSince = since;
    Duration waited = Duration.between(since, clock.instant());
    if (waited.compareTo(limits.siteStart()) > 0) {
      throw new RunFailure(
          "the node of site "
              + uid()
              + " was not ready within "
              + limits.siteStart().toSeconds()
              + " s"
              + LogTail.of(site.log()));
    }
  }

  private void startTrainer() throws IOException {
    PolicyVerdict verdict = policy.get();
    // Somebody may have put a link where the policy saw a folder.
    if (verdict.decision() == Decision.FORBIDDEN) {
      throw new RunFailure("the host's policy forbids it: " + verdict.reason());
    }
    if (!plan.base().isEmpty() && orders.runtime(plan).isEmpty()) {
      throw new RunFailure(
          "this host has no image or environment "
              + plan.base()
              + "; run task "
              + plan.task().prerequisite()
              + " at this host first");
    }
    JournaledRun run = journal.present().withPeer(index, JournaledPeer::withTrainer);
    journal.put(run);
    TrainerOrder order =
        orders.trainer(run, plan, index, verdict.mounts(), verdict.limits(), site.channels());
    log.begin();
    StartedTrainer trainer = orders.manager().start(order);
    hasStartedTrainer = true;
    says("Enroll Successful: trainer " + trainer.name() + " runs");
  }

  private void end(StartedTrainer trainer, Optional<SiteNodes.StartedNode> node)
      throws IOException {
    log.copy(trainer);
    int code = trainer.exitCode().orElse(-1);
    if (code == 0) {
      SwarmRun.says(journal, index, PeerState.COMPLETE, "Training completed");
    } else {
      String why = trainer.ending().map(reason -> " (" + reason + ")").orElse("");
      String what = code == -1 ? "ended, and nobody saw how" : "ended with exit code " + code;
      SwarmRun.says(
          journal,
          index,
          PeerState.ERROR,
          "the trainer of " + uid() + " " + what + why + LogTail.of(log.file()));
    }
    // It leaves the training, so that no other site waits for it.
    node.ifPresent(found -> threads.execute(() -> found.stop(limits.grace())));
  }

  /** Ends this site's part: nothing of it runs any more. */
  void fail(@Nullable StartedTrainer trainer, String reason) throws IOException {
    SwarmRun.says(journal, index, PeerState.ERROR, reason);
    if (trainer != null && trainer.isRunning()) {
      threads.execute(() -> trainer.stop(limits.grace()));
    }
    nodes.find(site.place()).ifPresent(found -> threads.execute(() -> found.stop(limits.grace())));
  }

  private void says(String text) throws IOException {
    SwarmRun.says(journal, index, PeerState.RUNNING, text);
  }

  private String uid() {
    return journal.present().peers().get(index).uid();
  }
}
