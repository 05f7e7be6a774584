package io.swarmstream.shell.instructions.task;

import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.session.UnknownNameException;
import java.util.stream.Collectors;

/** Finds tasks. */
final class Tasks {
  private Tasks() {}

  /**
   * The task that a line names.
   *
   * @throws UnknownNameException when there is none; says which there are
   */
  static Task named(ShellCall call) {
    String name = call.text("task");
    return call.tasks()
        .task(name)
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "there is no task "
                        + name
                        + "; there are "
                        + call.tasks().tasks().stream()
                            .map(Task::name)
                            .collect(Collectors.joining(", "))));
  }

  /**
   * Checks that a name is free.
   *
   * @throws IllegalArgumentException with the way out
   */
  static void checkFree(ShellCall call, String name) {
    call.tasks()
        .task(name)
        .ifPresent(
            there -> {
              throw new IllegalArgumentException(
                  "there is a task "
                      + name
                      + " already, "
                      + (there.isFinalised()
                          ? "and it is final; choose another name"
                          : "which is not final; DELETE TASK " + name + " removes it"));
            });
  }
}
