package io.swarmstream.lab.shell;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.tasks.Assignment;
import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.site.node.join.SiteFolder;
import io.swarmstream.site.node.join.SiteSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task agent that completes each task at once. */
final class Answering implements AutoCloseable {
  private static final String RUNNER = TaskBoard.DEFAULT_TASKRUNNER;
  private static final int SITES = 2;
  private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

  private final ScheduledExecutorService work = Executors.newSingleThreadScheduledExecutor();
  private final ChainClient chain;
  private final String account;
  private final String name;
  private long enrolled;
  private long answered;

  Answering(Path folder) throws IOException {
    SiteFolder own = SiteFolder.existing(folder);
    SiteSettings settings = own.requiredSettings();
    name = settings.name();
    account = own.account().address();
    chain = ChainClient.signing(settings.chainOptions(own.identity().path()), own.account());
    chain.tasks().register(RUNNER, SITES);
    var unused = work.scheduleWithFixedDelay(this::look, 0, 500, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      answer();
    } catch (RuntimeException e) {
      // The next look tries again; an exception would end them all.
      LOG.warn("the next look tries again", e);
    }
  }

  private void answer() {
    TaskBoard board = chain.tasks();
    if (board.called(RUNNER, account) == 0) {
      return;
    }
    Assignment assigned =
        board.taskrunner(RUNNER).flatMap(runner -> runner.assignment()).orElseThrow();
    if (assigned.run() == answered) {
      return;
    }
    int peers = assigned.type().countsSites() ? SITES : 1;
    if (assigned.run() != enrolled) {
      board.enrol(RUNNER, assigned.run(), peers);
      enrolled = assigned.run();
    }
    for (PeerState state : List.of(PeerState.RUNNING, PeerState.COMPLETE)) {
      board.report(
          RUNNER,
          assigned.run(),
          IntStream.range(0, peers)
              .mapToObj(
                  i ->
                      new PeerReport(
                          i, peers == 1 ? name : name + "-" + i, state, state + " at " + name))
              .toList());
    }
    answered = assigned.run();
  }

  @Override
  public void close() {
    work.shutdownNow();
    chain.close();
  }
}
