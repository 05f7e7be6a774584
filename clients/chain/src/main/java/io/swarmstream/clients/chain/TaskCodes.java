package io.swarmstream.clients.chain;

import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.RunState;
import io.swarmstream.clients.chain.tasks.TaskType;
import java.math.BigInteger;
import java.util.List;

/** The numbers that stand for enums in the smart contract TaskBoard: places in its own enums. */
final class TaskCodes {
  static final List<TaskType> TASK_TYPES =
      List.of(
          TaskType.ROOT_TASK,
          TaskType.RUN_SWARM,
          TaskType.MAKE_USER_CONTAINER,
          TaskType.PULL_IMAGE,
          TaskType.MAKE_SWARM_USER_CONTENT);

  static final List<PeerState> PEER_STATES =
      List.of(PeerState.WAITING, PeerState.RUNNING, PeerState.COMPLETE, PeerState.ERROR);

  static final List<RunState> RUN_STATES =
      List.of(RunState.IDLE, RunState.RUNNING, RunState.COMPLETE, RunState.ERROR);

  private TaskCodes() {}

  static <T> T of(List<T> values, BigInteger code) {
    return values.get(code.intValueExact());
  }

  static <T> BigInteger code(List<T> values, T value) {
    return BigInteger.valueOf(values.indexOf(value));
  }

  /** The name of a task's type for messages; any other text as it is. */
  static String taskType(String code) {
    return code.matches("[0-4]") ? TASK_TYPES.get(Integer.parseInt(code)).name() : code;
  }

  /** The name of a peer's state for messages; any other text as it is. */
  static String peerState(String code) {
    return code.matches("[0-3]") ? PEER_STATES.get(Integer.parseInt(code)).name() : code;
  }
}
