package io.swarmstream.tasks.agent;

import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.Assignment;
import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of a task agent: is it called, does it take part, how far is it, is the run over. One
 * run at a time. What a step begins is in the journal first, so the agent may be killed at any
 * moment.
 */
public final class TaskAgent {
  private static final Logger LOG = LoggerFactory.getLogger(TaskAgent.class);

  // -- configuration
  private final AgentMember me;
  private final String taskrunner;
  private final TaskBoard board;
  private final RunWork work;
  private final AgentLimits limits;
  private final Consumer<String> notices;
  private final InstantSource clock;

  // -- runtime
  private final RunJournal journal;
  private final PeerReports reports;
  private boolean isRegistered;
  private boolean isEnrolled;
  private Instant heard;
  private String lastProblem = "";

  /**
   * An agent that begins where an earlier one of the same home has ended.
   *
   * @param taskrunner that it serves
   * @param notices takes what people should know, in whole sentences
   */
  public TaskAgent(
      AgentMember me,
      String taskrunner,
      TaskBoard board,
      RunWork work,
      AgentLimits limits,
      Consumer<String> notices,
      InstantSource clock) {
    this.me = me;
    this.taskrunner = taskrunner;
    this.board = board;
    this.work = work;
    this.limits = limits;
    this.notices = notices;
    this.clock = clock;
    this.journal = work.journal();
    this.reports = new PeerReports(board);
    this.heard = clock.instant();
  }

  /** Looks once at the chain and at what runs here, and does what is due. */
  public void step() {
    boolean isHeard = false;
    try {
      Optional<Taskrunner> seen = board.taskrunner(taskrunner);
      heard = clock.instant();
      isHeard = true;
      if (seen.isEmpty()) {
        say("there is no taskrunner " + taskrunner + " in this swarm; an owner has to create it");
      } else {
        register();
        synchronise(seen.get());
        lastProblem = "";
      }
    } catch (ChainException e) {
      say("the chain does not serve this agent: " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      // Such as a trainer that cannot be removed: the next step goes on with it.
      LOG.warn("a step failed and is tried again", e);
      say(e.getMessage() == null ? e.toString() : e.getMessage());
    }
    advance();
    if (isHeard && isEnrolled) {
      report();
    }
  }

  private void register() {
    if (isRegistered) {
      return;
    }
    int sites = me.sites().size();
    boolean isKnown =
        board.registered(taskrunner).stream()
            .anyMatch(
                agent -> agent.account().equalsIgnoreCase(me.account()) && agent.sites() == sites);
    if (!isKnown) {
      board.register(taskrunner, sites);
    }
    isRegistered = true;
    notices.accept("Ready for Task Execution!");
  }

  /** Ends what is over, and takes what is new. */
  private void synchronise(Taskrunner seen) throws IOException {
    Optional<JournaledRun> known = journal.run();
    Optional<Assignment> assigned = seen.assignment();
    if (known.isPresent() && !isStill(known.get(), assigned)) {
      end(known.get());
    }
    if (journal.run().isEmpty() && assigned.isPresent()) {
      take(assigned.get());
    }
    if (journal.run().isPresent() && !isEnrolled) {
      enrol(journal.present());
    }
  }

  private boolean isStill(JournaledRun known, Optional<Assignment> assigned) {
    return assigned.isPresent()
        && known.taskrunner().equals(taskrunner)
        && assigned.get().run() == known.run()
        && board.called(taskrunner, me.account()) <= known.attempt();
  }

  private void end(JournaledRun run) throws IOException {
    work.end(run);
    journal.clear();
    reports.forget();
    isEnrolled = false;
    notices.accept(
        "Run " + run.number() + " of task " + run.task() + " is over; nothing of it runs here.");
  }

  private void take(Assignment assigned) throws IOException {
    int called = board.called(taskrunner, me.account());
    Optional<AgentRun> enrolled = enrolled();
    int attempt = enrolled.map(AgentRun::attempt).orElse(0);
    boolean isLost = attempt == called && enrolled.filter(TaskAgent::isActive).isPresent();
    if (called <= attempt && !isLost) {
      return;
    }
    List<JournaledPeer> peers = new ArrayList<>();
    List<String> uids = assigned.type().countsSites() ? me.sites() : List.of(me.name());
    for (String uid : uids) {
      // A run whose journal is gone may have left anything.
      peers.add(
          isLost
              ? new JournaledPeer(
                  peers.size(), uid, PeerState.ERROR, "the agent has lost its journal", false)
              : new JournaledPeer(peers.size(), uid, PeerState.RUNNING, "", false));
    }
    JournaledRun taken =
        new JournaledRun(
            taskrunner,
            me.account(),
            assigned.run(),
            called,
            assigned.task(),
            assigned.type(),
            assigned.assignedBy(),
            false,
            clock.instant(),
            peers);
    work.clean(taken);
    journal.put(taken);
    notices.accept("Run " + taken.number() + ": task " + taken.task() + " was assigned.");
  }

  private Optional<AgentRun> enrolled() {
    return board.agents(taskrunner).stream()
        .filter(agent -> agent.account().equalsIgnoreCase(me.account()))
        .findFirst();
  }

  private static boolean isActive(AgentRun run) {
    return run.peers().stream().anyMatch(peer -> peer.report().state().isActive());
  }

  private void enrol(JournaledRun run) throws IOException {
    Optional<AgentRun> known = enrolled().filter(found -> found.attempt() == run.attempt());
    try {
      if (known.isEmpty()) {
        board.enrol(taskrunner, run.run(), run.peers().size());
      }
      reports.forget();
      known.ifPresent(reports::begin);
      isEnrolled = true;
    } catch (ChainRefusalException e) {
      LOG.warn("enrolling in run {} was refused: {}", run.number(), e.getMessage());
      end(run);
    }
  }

  private void advance() {
    if (!isEnrolled || journal.run().isEmpty() || journal.present().isOver()) {
      return;
    }
    try {
      Duration silence = Duration.between(heard, clock.instant());
      if (silence.compareTo(limits.silence()) > 0) {
        work.fail(
            "no network node has answered this agent for "
                + limits.silence().toMinutes()
                + " minutes, so nobody could have stopped the run; it was stopped");
      } else {
        work.step();
      }
    } catch (ChainException e) {
      say("the chain does not serve this agent: " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      LOG.warn("run {} failed", journal.present().number(), e);
      work.fail(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private void report() {
    try {
      if (journal.run().isPresent()) {
        reports.send(journal.present());
      }
    } catch (ChainException e) {
      say("a report waits until the chain serves this agent: " + e.getMessage());
    }
  }

  /** Once for each problem, not every second. */
  private void say(String problem) {
    if (!problem.equals(lastProblem)) {
      lastProblem = problem;
      LOG.warn("{}", problem);
      notices.accept(problem);
    }
  }
}
