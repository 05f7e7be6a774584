package io.swarmstream.shell.swarm;

import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.network.ContractInfo;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.clients.network.NodeInfo;
import io.swarmstream.clients.network.PerformanceInfo;
import io.swarmstream.clients.network.RoundInfo;
import io.swarmstream.clients.network.SwarmAddresses;
import io.swarmstream.clients.network.VersionInfo;
import io.swarmstream.contracts.Draft;
import java.util.List;
import java.util.Optional;

/**
 * A swarm as a member sees it through one network node. What is read comes from the node's API;
 * what acts is signed with the member's account.
 */
public interface Swarm {
  VersionInfo version();

  SwarmAddresses addresses();

  /** Programs that were heard within a day. */
  List<NodeInfo> nodes();

  /** Members; the one that began the swarm comes first. */
  List<MemberInfo> members();

  List<ContractInfo> contracts();

  ContractInfo contract(String name);

  /** The newest rounds of a contract, oldest first. */
  List<RoundInfo> rounds(String contract, int newest);

  /** How far a training is, and what each site last reported of itself. */
  PerformanceInfo performance(String contract);

  /** The draft of a name. */
  Optional<Draft> draft(String name);

  /** Writes a draft that is not there yet. */
  void write(Draft draft);

  /** Makes a draft's training start anew. */
  void reset(Draft draft);

  /** Tasks and taskrunners. */
  TaskBoard tasks();
}
