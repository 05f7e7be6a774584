package io.swarmstream.tasks.agent;

import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.tasks.definitions.MakeSwarmUserContent;
import io.swarmstream.tasks.definitions.MakeUserContainer;
import io.swarmstream.tasks.definitions.PullImage;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.WorkProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * Builds, fetches or downloads, on a thread of its own. The only peer is the agent. An agent that
 * was restarted begins again: resource managers replace nothing before it is complete.
 */
final class PreparingRun implements WorkedRun {
  private final RunJournal journal;
  private final FutureTask<String> work;
  private final Said said = new Said();
  private final Path log;

  /** What the work says, and whether it shall end. */
  private static final class Said implements WorkProgress {
    private volatile String newest = "Profile validated";
    private volatile boolean isStopped;

    @Override
    public void says(String status) {
      newest = status;
    }

    @Override
    public boolean isStopped() {
      return isStopped;
    }
  }

  PreparingRun(
      RunJournal journal,
      PlannedTask plan,
      HostOrders orders,
      Path log,
      Duration limit,
      Executor threads) {
    this.journal = journal;
    this.log = log;
    this.work = new FutureTask<>(() -> run(plan, orders, log, limit));
    threads.execute(work);
  }

  private String run(PlannedTask plan, HostOrders orders, Path log, Duration limit) {
    if (plan.body() instanceof MakeUserContainer body) {
      var unused = orders.manager().build(orders.build(plan, body, log, limit), said);
      return "Build Task Completed";
    }
    if (plan.body() instanceof PullImage body) {
      var unused = orders.manager().pull(orders.pull(plan, body, limit), said);
      return "Pull Task Completed";
    }
    if (plan.body() instanceof MakeSwarmUserContent body) {
      orders.manager().content(orders.content(plan, body, limit), said);
      return "Content Task Completed";
    }
    throw new RunFailure("a task agent cannot run tasks of type " + plan.task().type());
  }

  @Override
  public void step() throws IOException {
    if (!work.isDone()) {
      journal.put(journal.present().withActive(PeerState.RUNNING, said.newest));
      return;
    }
    try {
      journal.put(journal.present().withActive(PeerState.COMPLETE, work.get()));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
      journal.put(journal.present().withActive(PeerState.ERROR, reason + tail(reason)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Managers that quote their log themselves need not be quoted. */
  private String tail(String reason) {
    return reason.contains("\n") ? "" : LogTail.of(log);
  }

  @Override
  public void stop() {
    said.isStopped = true;
  }
}
