package io.swarmstream.clients.chain.tasks;

import java.util.List;
import java.util.Optional;

/**
 * The swarm's tasks and taskrunners. Members with the role owner or admin write tasks and assign
 * them; members with the role agent enrol and report. Every method asks the chain, and those that
 * change something return when the change is in a block.
 *
 * <p>All methods throw {@link io.swarmstream.clients.chain.ChainRefusalException} when the smart
 * contract refuses, with the reason, and {@link io.swarmstream.clients.chain.ChainException} when
 * the chain does not answer.
 */
public interface TaskBoard {
  /** The task that is there from the beginning: finalised, without a body. */
  String ROOT_TASK = "ROOTTASK";

  /** The taskrunner that is there from the beginning. */
  String DEFAULT_TASKRUNNER = "defaulttaskbb.taskdb.sml.hpe";

  /** All tasks in the order of their creation. */
  List<Task> tasks();

  Optional<Task> task(String name);

  /**
   * The lines of a task's body. Checks the body of a finalised task against its hash.
   *
   * @throws IllegalStateException when the node that was asked gave another body than was finalised
   */
  List<String> body(String task);

  /** Creates a task with an empty body. */
  void create(NewTask task);

  /**
   * Adds lines to a body, or writes over them. Sends as many transactions as the lines need.
   *
   * @param from number of the first line, from 1 to the number of lines plus 1
   */
  void writeBody(String task, int from, List<String> lines);

  /** Freezes a task: from now on it can be assigned, and never changed. */
  void finalise(String task);

  /** Removes a task that is not finalised; its name becomes free. */
  void delete(String task);

  /** All taskrunners in the order of their creation. */
  List<Taskrunner> taskrunners();

  Optional<Taskrunner> taskrunner(String name);

  void createTaskrunner(String name);

  /**
   * Gives a finalised task to a taskrunner that is not running; with {@link Peers.Target} also to
   * one that is running the same task.
   *
   * @return the number of the run
   */
  long assign(String taskrunner, String task, Peers peers);

  /** Makes a taskrunner idle; agents stop what they run for it, and remove it. */
  void reset(String taskrunner);

  /** Agents that serve a taskrunner, in the order in which they registered first. */
  List<RegisteredAgent> registered(String taskrunner);

  /** Agents that have enrolled in the present run, in that order. */
  List<AgentRun> agents(String taskrunner);

  /**
   * Says that the caller serves a taskrunner from now on.
   *
   * @param sites number of sites that it can run; 0 withdraws it
   */
  void register(String taskrunner, int sites);

  /**
   * How often an agent is called in the present run: 0 when it is not called, else the attempt that
   * it has to enrol for.
   */
  int called(String taskrunner, String account);

  /**
   * Takes part in the present run.
   *
   * @param peers number of peers that the caller brings: its sites, or 1
   */
  void enrol(String taskrunner, long run, int peers);

  /** Reports the state of some of the caller's peers in a run. */
  void report(String taskrunner, long run, List<PeerReport> reports);
}
