package io.swarmstream.clients.chain;

import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.NewTask;
import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.Peers;
import io.swarmstream.clients.chain.tasks.RegisteredAgent;
import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.chain.tasks.Taskrunner;
import java.util.List;
import java.util.Optional;

/** The task board of a swarm: the smart contract TaskBoard. */
final class ChainTaskBoard implements TaskBoard {
  private final TaskStore tasks;
  private final ChainTaskrunners taskrunners;

  ChainTaskBoard(JsonRpc rpc, String address, Sender sender) {
    this.tasks = new TaskStore(rpc, address, sender);
    this.taskrunners = new ChainTaskrunners(rpc, address, sender);
  }

  @Override
  public List<Task> tasks() {
    return tasks.all();
  }

  @Override
  public Optional<Task> task(String name) {
    return tasks.byName(name);
  }

  @Override
  public List<String> body(String task) {
    return tasks.body(task);
  }

  @Override
  public void create(NewTask task) {
    tasks.create(task);
  }

  @Override
  public void writeBody(String task, int from, List<String> lines) {
    tasks.write(task, from, lines);
  }

  @Override
  public void finalise(String task) {
    tasks.finalise(task);
  }

  @Override
  public void delete(String task) {
    tasks.delete(task);
  }

  @Override
  public List<Taskrunner> taskrunners() {
    return taskrunners.all();
  }

  @Override
  public Optional<Taskrunner> taskrunner(String name) {
    return taskrunners.byName(name);
  }

  @Override
  public void createTaskrunner(String name) {
    taskrunners.create(name);
  }

  @Override
  public long assign(String taskrunner, String task, Peers peers) {
    return taskrunners.assign(taskrunner, task, peers);
  }

  @Override
  public void reset(String taskrunner) {
    taskrunners.reset(taskrunner);
  }

  @Override
  public List<RegisteredAgent> registered(String taskrunner) {
    return taskrunners.registered(taskrunner);
  }

  @Override
  public List<AgentRun> agents(String taskrunner) {
    return taskrunners.agents(taskrunner);
  }

  @Override
  public void register(String taskrunner, int sites) {
    taskrunners.register(taskrunner, sites);
  }

  @Override
  public int called(String taskrunner, String account) {
    return taskrunners.called(taskrunner, account);
  }

  @Override
  public void enrol(String taskrunner, long run, int peers) {
    taskrunners.enrol(taskrunner, run, peers);
  }

  @Override
  public void report(String taskrunner, long run, List<PeerReport> reports) {
    taskrunners.report(taskrunner, run, reports);
  }
}
