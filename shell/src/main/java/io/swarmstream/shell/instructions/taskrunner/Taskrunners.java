package io.swarmstream.shell.instructions.taskrunner;

import io.swarmstream.clients.chain.tasks.Taskrunner;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.session.UnknownNameException;
import java.util.stream.Collectors;

/** Finds taskrunners. */
final class Taskrunners {
  private Taskrunners() {}

  /**
   * The taskrunner that a line names.
   *
   * @throws UnknownNameException when there is none; says which there are
   */
  static Taskrunner named(ShellCall call) {
    String name = call.text("taskrunner");
    return call.tasks()
        .taskrunner(name)
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "there is no taskrunner "
                        + name
                        + "; there are "
                        + call.tasks().taskrunners().stream()
                            .map(Taskrunner::name)
                            .collect(Collectors.joining(", "))
                        + "; CREATE TASKRUNNER makes one"));
  }
}
