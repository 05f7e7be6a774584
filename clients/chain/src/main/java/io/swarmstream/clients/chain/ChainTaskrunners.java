package io.swarmstream.clients.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.clients.chain.contracts.TaskBoard;
import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.Assignment;
import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.Peers;
import io.swarmstream.clients.chain.tasks.RegisteredAgent;
import io.swarmstream.clients.chain.tasks.RunState;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** Reads and changes the taskrunners of the smart contract TaskBoard. */
final class ChainTaskrunners {
  private static final int TASKRUNNERS_A_PAGE = 20;
  private static final int AGENTS_A_PAGE = 100;

  /** Longest texts of one transaction, in bytes; see {@link TaskBodies}. */
  private static final int BATCH_BYTES = 96_000;

  private final SmartContract contract;
  private final TaskBoard calls;
  private final Sender sender;
  private final PeerDescriptions descriptions;

  ChainTaskrunners(JsonRpc rpc, String address, Sender sender) {
    this.contract = new SmartContract(rpc, address);
    this.calls = ContractCalls.taskBoard(rpc, address);
    this.sender = sender;
    this.descriptions = new PeerDescriptions(rpc, contract, calls);
  }

  List<Taskrunner> all() {
    return ViewPages.all(
        contract,
        "list the taskrunners",
        TASKRUNNERS_A_PAGE,
        calls::taskrunners,
        stored -> taskrunner((TaskBoard.Taskrunner) stored));
  }

  Optional<Taskrunner> byName(String name) {
    return stored("read taskrunner " + name, name).map(ChainTaskrunners::taskrunner);
  }

  void create(String name) {
    send("create taskrunner " + name, calls.createTaskrunner(name));
  }

  long assign(String taskrunner, String task, Peers peers) {
    String what = "assign task " + task + " to taskrunner " + taskrunner;
    if (peers instanceof Peers.Target target) {
      String agent = ChainOptions.checkedAddress("account", target.account());
      TransactionReceipt receipt =
          sender.receipt(what, contract, calls.assignTo(taskrunner, task, agent));
      return TaskBoard.getAgentTargetedEvents(receipt).get(0).run.longValueExact();
    }
    int required =
        peers instanceof Peers.AtLeast some ? some.required() : ((Peers.All) peers).required();
    var call = calls.assign(taskrunner, task, BigInteger.valueOf(Math.max(required, 0)));
    TransactionReceipt receipt = sender.receipt(what, contract, call);
    return TaskBoard.getTaskAssignedEvents(receipt).get(0).run.longValueExact();
  }

  void reset(String taskrunner) {
    send("reset taskrunner " + taskrunner, calls.resetTaskrunner(taskrunner));
  }

  List<RegisteredAgent> registered(String taskrunner) {
    return ViewPages.all(
            contract,
            "list the agents of taskrunner " + taskrunner,
            AGENTS_A_PAGE,
            (from, count) -> calls.agentsOf(taskrunner, from, count),
            stored -> registered((TaskBoard.Agent) stored))
        .stream()
        .filter(agent -> agent.sites() > 0)
        .toList();
  }

  List<AgentRun> agents(String taskrunner) {
    String what = "list the agents of taskrunner " + taskrunner;
    TaskBoard.Taskrunner stored =
        stored(what, taskrunner)
            .orElseThrow(() -> ChainRefusalException.of(what, "UnknownTaskrunner", taskrunner));
    return TaskCodes.of(TaskCodes.RUN_STATES, stored.state) == RunState.IDLE
        ? List.of()
        : descriptions.agents(what, stored);
  }

  void register(String taskrunner, int sites) {
    send(
        "register with taskrunner " + taskrunner,
        calls.register(taskrunner, BigInteger.valueOf(Math.max(sites, 0))));
  }

  int called(String taskrunner, String account) {
    var call = calls.calledOf(taskrunner, ChainOptions.checkedAddress("account", account));
    return ((BigInteger) contract.view("read taskrunner " + taskrunner, call).getValue())
        .intValueExact();
  }

  void enrol(String taskrunner, long run, int peers) {
    send(
        "enrol with taskrunner " + taskrunner,
        calls.enrol(taskrunner, BigInteger.valueOf(run), BigInteger.valueOf(Math.max(peers, 0))));
  }

  void report(String taskrunner, long run, List<PeerReport> reports) {
    for (List<TaskBoard.Report> batch : batches(reports)) {
      send(
          "report to taskrunner " + taskrunner,
          calls.report(taskrunner, BigInteger.valueOf(run), batch));
    }
  }

  private static List<List<TaskBoard.Report>> batches(List<PeerReport> reports) {
    List<List<TaskBoard.Report>> batches = new ArrayList<>();
    List<TaskBoard.Report> batch = new ArrayList<>();
    int bytes = 0;
    for (PeerReport report : reports) {
      int length = report.description().getBytes(UTF_8).length + 512;
      if (!batch.isEmpty() && bytes + length > BATCH_BYTES) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      bytes += length;
      batch.add(
          new TaskBoard.Report(
              BigInteger.valueOf(report.index()),
              TaskCodes.code(TaskCodes.PEER_STATES, report.state()),
              report.uid(),
              report.description()));
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  private void send(String what, RemoteFunctionCall<?> call) {
    var unused = sender.receipt(what, contract, call);
  }

  private Optional<TaskBoard.Taskrunner> stored(String what, String name) {
    return Optional.of(
            (TaskBoard.Taskrunner) (Object) contract.view(what, calls.taskrunnerOf(name)))
        .filter(stored -> !stored.name.isEmpty());
  }

  private static RegisteredAgent registered(TaskBoard.Agent stored) {
    return new RegisteredAgent(MemberValues.address(stored.account), stored.sites.intValueExact());
  }

  private static Taskrunner taskrunner(TaskBoard.Taskrunner stored) {
    RunState state = TaskCodes.of(TaskCodes.RUN_STATES, stored.state);
    return new Taskrunner(
        stored.name,
        state,
        state == RunState.IDLE ? Optional.empty() : Optional.of(assignment(stored)),
        stored.enrolled.intValueExact(),
        stored.active.intValueExact(),
        stored.completed.intValueExact(),
        stored.failed.intValueExact(),
        time(stored.changedAt));
  }

  private static Assignment assignment(TaskBoard.Taskrunner stored) {
    return new Assignment(
        stored.run.longValueExact(),
        stored.task,
        TaskCodes.of(TaskCodes.TASK_TYPES, stored.taskType),
        stored.required.intValueExact(),
        stored.isForAll,
        MemberValues.address(stored.assignedBy),
        time(stored.assignedAt));
  }

  private static Instant time(BigInteger seconds) {
    return Instant.ofEpochSecond(seconds.longValueExact());
  }
}
