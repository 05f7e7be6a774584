package io.swarmstream.shell.instructions.taskrunner;

import io.swarmstream.clients.chain.tasks.Assignment;
import io.swarmstream.clients.chain.tasks.RunState;
import io.swarmstream.clients.chain.tasks.TaskType;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Waits until a taskrunner is done, and says who is at what. */
public final class WaitForTaskrunner implements Instruction {
  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final int USUAL_MINUTES = 120;
  private static final String RUN_LIMIT = "SWCI_RUN_TASK_MAX_WAIT_TIME";
  private static final String GENERIC_LIMIT = "SWCI_GENERIC_TASK_MAX_WAIT_TIME";
  private static final String OLD_LIMIT = "SWCI_TASK_MAX_WAIT_TIME";

  @Override
  public About about() {
    return About.of(
        "WAIT FOR TASKRUNNER <taskrunner>",
        "Waits until a taskrunner is done, and says who is at what. Fails when the task has failed,"
            + " and after SWCI_RUN_TASK_MAX_WAIT_TIME or SWCI_GENERIC_TASK_MAX_WAIT_TIME minutes (120)."
            + " Ctrl-C ends the wait; the task goes on.",
        "WAIT FOR TASKRUNNER defaulttaskbb.taskdb.sml.hpe");
  }

  @Override
  public Object run(ShellCall call) throws InterruptedException {
    Taskrunner taskrunner = Taskrunners.named(call);
    call.say("WAITING FOR TASKRUNNER TO COMPLETE");
    RunWatch watch = new RunWatch(call, taskrunner.name());
    Instant end = call.session().pace().now().plus(call.session().bounded(limit(call, taskrunner)));
    while (taskrunner.state() == RunState.RUNNING) {
      watch.look(taskrunner);
      if (!call.session().pace().now().isBefore(end)) {
        call.say("WARNING - Maximum configured SWCI wait time is over");
        call.say("TASK_STATE", taskrunner.state());
        throw new IllegalStateException(
            watch.open(taskrunner)
                + "; the task goes on: wait again, or set "
                + (isOfSites(taskrunner) ? RUN_LIMIT : GENERIC_LIMIT)
                + " to more minutes");
      }
      call.session().pace().pause(BETWEEN);
      taskrunner = Taskrunners.named(call);
    }
    watch.look(taskrunner);
    call.say("TASK_STATE", taskrunner.state());
    if (taskrunner.state() == RunState.ERROR) {
      throw new IllegalStateException(
          watch.failed(taskrunner) + "; RESET TASKRUNNER " + taskrunner.name() + " and try again");
    }
    return taskrunner;
  }

  private static Duration limit(ShellCall call, Taskrunner taskrunner) {
    String name = isOfSites(taskrunner) ? RUN_LIMIT : GENERIC_LIMIT;
    Optional<String> said =
        call.session().variable(name).or(() -> call.session().variable(OLD_LIMIT));
    if (said.isEmpty()) {
      return Duration.ofMinutes(USUAL_MINUTES);
    }
    try {
      double minutes = Double.parseDouble(said.get().strip());
      if (minutes > 0 && minutes <= 1_000_000) {
        return Duration.ofMillis(Math.round(minutes * 60_000));
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw new IllegalArgumentException(
        name + " is " + said.get() + "; it has to be a number of minutes: SET CONTEXT ENV");
  }

  private static boolean isOfSites(Taskrunner taskrunner) {
    return taskrunner.assignment().map(Assignment::type).filter(TaskType::countsSites).isPresent();
  }
}
