package io.swarmstream.tasks.agent;

import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.chain.tasks.TaskType;
import io.swarmstream.tasks.definitions.TaskBody;
import io.swarmstream.tasks.definitions.TaskDefinition;
import io.swarmstream.tasks.run.RunFailure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A task that an agent is about to run.
 *
 * @param authors names of the members who created it or one of its prerequisites, or assigned it
 * @param base what the prerequisite left: the name of an image or environment; empty: nothing
 */
record PlannedTask(Task task, List<String> lines, TaskBody body, Set<String> authors, String base) {
  private static final int LONGEST_CHAIN = 100;

  /**
   * Reads a task and its prerequisites from the chain.
   *
   * @param memberOf the name of an account's member
   * @throws io.swarmstream.tasks.definitions.DefinitionException when the body is no body
   */
  static PlannedTask of(TaskBoard board, JournaledRun run, UnaryOperator<String> memberOf) {
    Task task = required(board, run.task());
    List<String> lines = board.body(task.name());
    Set<String> authors = new LinkedHashSet<>(List.of(memberOf.apply(task.account())));
    Task before = required(board, task.prerequisite());
    String base = before.type() == TaskType.ROOT_TASK ? "" : before.outcome();
    for (int i = 0; before.type() != TaskType.ROOT_TASK; i++) {
      if (i == LONGEST_CHAIN) {
        throw new RunFailure(
            "task " + task.name() + " has more than " + LONGEST_CHAIN + " prerequisites");
      }
      authors.add(memberOf.apply(before.account()));
      before = required(board, before.prerequisite());
    }
    authors.add(memberOf.apply(run.assignedBy()));
    return new PlannedTask(task, lines, TaskDefinition.ofBody(task.type(), lines), authors, base);
  }

  private static Task required(TaskBoard board, String name) {
    return board
        .task(name)
        .orElseThrow(() -> new RunFailure("there is no task " + name + " on the chain"));
  }
}
