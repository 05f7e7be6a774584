package io.swarmstream.tasks.agent;

import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.tasks.policy.PolicyRequest;
import io.swarmstream.tasks.policy.PolicyVerdict.Decision;
import io.swarmstream.tasks.run.FullDisk;
import io.swarmstream.tasks.run.ResourceManager;
import io.swarmstream.tasks.run.StartedTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an agent does for its run: asks, begins, follows, and cleans up. */
public final class RunWork {
  private static final Logger LOG = LoggerFactory.getLogger(RunWork.class);

  /**
   * The variable of HPE Swarm Learning that keeps stopped containers for those who look for a bug.
   */
  private static final String KEEP = "SWOP_KEEP_CONTAINERS";

  // -- configuration
  private final Host host;
  private final TaskBoard board;
  private final AgentLimits limits;
  private final Consumer<String> notices;
  private final InstantSource clock;
  private final Executor threads;

  // -- runtime
  private final RunJournal journal;
  private @Nullable PlannedTask plan;
  private @Nullable WorkedRun worked;

  /**
   * Where an agent works.
   *
   * @param member folder of the member of a site, by its index in the profile
   * @param memberOf the name of an account's member
   * @param isKept whether what a run leaves is stopped and not removed
   */
  public record Host(
      String name,
      AgentHome home,
      HostParts parts,
      SiteNodes nodes,
      Consent consent,
      IntFunction<Path> member,
      UnaryOperator<String> memberOf,
      boolean isKept) {
    /** Whether the variable for keeping containers is set. */
    public static boolean isKept(Optional<String> variable) {
      return variable.filter(value -> value.matches("(?i)true|yes|1")).isPresent();
    }

    /** Name of that variable. */
    public static String keepVariable() {
      return KEEP;
    }
  }

  /** Work at a host; begins with what the journal of its home has. */
  public RunWork(
      Host host,
      TaskBoard board,
      AgentLimits limits,
      Consumer<String> notices,
      InstantSource clock,
      Executor threads)
      throws IOException {
    this.host = host;
    this.board = board;
    this.limits = limits;
    this.notices = notices;
    this.clock = clock;
    this.threads = threads;
    host.home().create();
    this.journal = new RunJournal(host.home());
  }

  RunJournal journal() {
    return journal;
  }

  private ResourceManager manager() {
    return host.parts().manager();
  }

  private HostOrders orders() {
    return host.parts().orders();
  }

  /** Does what is due for the present run, which is not over. */
  void step() throws IOException {
    JournaledRun run = journal.present();
    PlannedTask task = plan;
    if (task == null) {
      task = PlannedTask.of(board, run, host.memberOf());
      plan = task;
    }
    if (!run.isAllowed()) {
      ask(run, task);
      return;
    }
    Duration spent = Duration.between(run.startedAt(), clock.instant());
    if (spent.compareTo(limits.task()) > 0) {
      fail("the task did not end within " + limits.task().toMinutes() + " minutes; it was stopped");
      return;
    }
    WorkedRun present = worked;
    if (present == null) {
      present = begin(run, task);
      worked = present;
    }
    present.step();
  }

  private void ask(JournaledRun run, PlannedTask task) throws IOException {
    List<PolicyRequest> requests = orders().requests(task);
    Consent.Ruling ruling = host.consent().rule(run, requests);
    OwnersDesk desk = host.consent().desk();
    if (ruling.decision() == Decision.ASK) {
      String text =
          "waits for the owner of "
              + host.name()
              + " to approve it: swarm agent approve "
              + run.run()
              + " ("
              + ruling.reason()
              + ")";
      if (desk.waiting().filter(waiting -> waiting.run() == run.run()).isEmpty()) {
        notices.accept("Run " + run.number() + " of task " + run.task() + " " + text);
      }
      desk.wait(
          new WaitingRun(
              run.taskrunner(),
              run.run(),
              run.task(),
              run.type().name(),
              List.copyOf(task.authors()),
              run.startedAt(),
              ruling.reason(),
              task.lines()));
      journal.put(run.withActive(PeerState.WAITING, text));
      return;
    }
    desk.waitNoMore();
    if (ruling.decision() == Decision.FORBIDDEN) {
      fail(ruling.reason());
      return;
    }
    journal.put(run.allowed(clock.instant()).withActive(PeerState.RUNNING, "Profile validated"));
  }

  private WorkedRun begin(JournaledRun run, PlannedTask task) throws IOException {
    host.home().dropOldRuns();
    if (!run.type().countsSites()) {
      Path log = host.home().site(run, 0).resolve("build.log");
      return new PreparingRun(journal, task, orders(), log, limits.task(), threads);
    }
    List<SiteTurn> turns = new ArrayList<>();
    for (JournaledPeer peer : run.peers()) {
      int index = peer.index();
      SiteOrder site =
          new SiteOrder(
              host.member().apply(orders().sites().get(index).index()),
              host.home().channels(index),
              host.home().site(run, index),
              orders().siteVariables(index));
      turns.add(
          new SiteTurn(
              index,
              journal,
              host.nodes(),
              orders(),
              task,
              () -> host.consent().judge(orders().requests(task).get(index)),
              site,
              limits,
              clock,
              threads));
    }
    return new SwarmRun(journal, orders(), turns);
  }

  /** The run has failed here: its peers that have not ended fail, and nothing of them goes on. */
  void fail(String reason) {
    String disk = "the disk of " + host.home().folder();
    try {
      journal.put(journal.present().withActive(PeerState.ERROR, FullDisk.explained(reason, disk)));
    } catch (IOException e) {
      // The report goes out in any case.
      LOG.warn("the journal cannot be written: {}", e.getMessage());
    }
    try {
      host.consent().desk().waitNoMore();
      halt(journal.present());
    } catch (IOException | RuntimeException e) {
      LOG.warn("what runs could not be stopped, and is at the end of the run", e);
    }
  }

  /** Removes all that a run has here. Throws when it could not; the next call goes on. */
  void end(JournaledRun run) throws IOException {
    host.consent().desk().waitNoMore();
    halt(run);
    if (host.isKept()) {
      notices.accept(KEEP + " is set: the stopped containers of run " + run.number() + " stay");
    } else {
      manager().remove(run.key());
    }
    host.home().removeChannels();
    try {
      host.home().end(run, clock.instant());
    } catch (IOException e) {
      // Such as a full disk, which must not keep the agent from its next run.
      LOG.warn("how run {} has ended is not kept beside its logs: {}", run.number(), e.toString());
    }
    plan = null;
  }

  /** Removes what an agent may have left that has lost its journal. */
  void clean(JournaledRun taken) throws IOException {
    for (String key : manager().runs()) {
      if (key.startsWith(JournaledRun.keysOf(taken.account()))) {
        manager().remove(key);
      }
    }
    for (JournaledPeer peer : taken.peers()) {
      Optional<SiteNodes.StartedNode> left =
          host.nodes().find(host.home().site(taken, peer.index()));
      left.ifPresent(node -> node.stop(limits.grace()));
    }
  }

  /** Stops all trainers and nodes of a run, at the same time; returns when they have ended. */
  private void halt(JournaledRun run) throws IOException {
    WorkedRun present = worked;
    worked = null;
    if (present != null) {
      present.stop();
    }
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (StartedTrainer trainer : manager().running(run.key())) {
      if (trainer.isRunning()) {
        ends.add(CompletableFuture.runAsync(() -> trainer.stop(limits.grace()), threads));
      }
      new KeptLog(host.home().site(run, trainer.site())).copy(trainer);
    }
    for (JournaledPeer peer : run.peers()) {
      host.nodes()
          .find(host.home().site(run, peer.index()))
          .ifPresent(
              node ->
                  ends.add(CompletableFuture.runAsync(() -> node.stop(limits.grace()), threads)));
    }
    CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new)).join();
  }
}
