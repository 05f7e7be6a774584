package io.swarmstream.clients.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.clients.chain.contracts.TaskBoard;
import io.swarmstream.clients.chain.tasks.NewTask;
import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.schemas.hashing.Hash;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.utils.Numeric;

/** Reads and writes the tasks of the smart contract TaskBoard. */
final class TaskStore {
  private static final int TASKS_A_PAGE = 50;

  private final SmartContract contract;
  private final TaskBoard calls;
  private final Sender sender;
  private final TaskBodies bodies;

  TaskStore(JsonRpc rpc, String address, Sender sender) {
    this.contract = new SmartContract(rpc, address);
    this.calls = ContractCalls.taskBoard(rpc, address);
    this.sender = sender;
    this.bodies = new TaskBodies(rpc, address);
  }

  List<Task> all() {
    return ViewPages.all(
            contract,
            "list the tasks",
            TASKS_A_PAGE,
            calls::tasks,
            stored -> (TaskBoard.Task) stored)
        .stream()
        .filter(stored -> !stored.isDeleted)
        .map(TaskStore::task)
        .toList();
  }

  Optional<Task> byName(String name) {
    return stored("read task " + name, name).map(TaskStore::task);
  }

  List<String> body(String name) {
    TaskBoard.Task stored = present("read the body of task " + name, name);
    List<String> lines = bodies.read(stored);
    String hash = hashOf(lines);
    if (stored.isFinalised && !hash.equals(Numeric.toHexStringNoPrefix(stored.bodyHash))) {
      throw new IllegalStateException(
          "the body of task "
              + name
              + " has hash "
              + hash
              + ", but "
              + Numeric.toHexStringNoPrefix(stored.bodyHash)
              + " was finalised; whoever finalised it lied about the hash: do not run it");
    }
    return lines;
  }

  void create(NewTask task) {
    send(
        "create task " + task.name(),
        calls.createTask(
            task.name(),
            TaskCodes.code(TaskCodes.TASK_TYPES, task.type()),
            task.author(),
            task.prerequisite(),
            task.outcome()));
  }

  void write(String name, int from, List<String> lines) {
    String what = "write the body of task " + name;
    int first = from;
    for (List<String> batch : TaskBodies.batches(what, lines)) {
      send(
          what,
          calls.writeBody(
              name,
              BigInteger.valueOf(Math.max(first, 0)),
              BigInteger.valueOf(batch.size()),
              String.join("\n", batch)));
      first += batch.size();
    }
  }

  /** Hashes the body as the chain has it; another write that comes in between is refused. */
  void finalise(String name) {
    String what = "finalise task " + name;
    TaskBoard.Task stored = present(what, name);
    byte[] hash = Numeric.hexStringToByteArray(hashOf(bodies.read(stored)));
    send(what, calls.finaliseTask(name, hash, stored.writesHash));
  }

  void delete(String name) {
    send("delete task " + name, calls.deleteTask(name));
  }

  private void send(String what, RemoteFunctionCall<?> call) {
    var unused = sender.send(what, contract, call);
  }

  private TaskBoard.Task present(String what, String name) {
    return stored(what, name)
        .orElseThrow(() -> ChainRefusalException.of(what, "UnknownTask", name));
  }

  private Optional<TaskBoard.Task> stored(String what, String name) {
    return Optional.of((TaskBoard.Task) (Object) contract.view(what, calls.taskOf(name)))
        .filter(stored -> !stored.name.isEmpty());
  }

  private static String hashOf(List<String> lines) {
    return Hash.sha256(String.join("\n", lines).getBytes(UTF_8)).hex();
  }

  private static Task task(TaskBoard.Task stored) {
    return new Task(
        stored.name,
        TaskCodes.of(TaskCodes.TASK_TYPES, stored.taskType),
        stored.author,
        stored.prerequisite,
        stored.outcome,
        MemberValues.address(stored.account),
        stored.isFinalised,
        stored.isFinalised ? Numeric.toHexStringNoPrefix(stored.bodyHash) : "",
        stored.bodyLines.intValueExact(),
        Instant.ofEpochSecond(stored.createdAt.longValueExact()));
  }
}
