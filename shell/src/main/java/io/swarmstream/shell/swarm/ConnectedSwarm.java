package io.swarmstream.shell.swarm;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.network.ContractInfo;
import io.swarmstream.clients.network.MemberInfo;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.clients.network.NodeInfo;
import io.swarmstream.clients.network.PerformanceInfo;
import io.swarmstream.clients.network.RoundInfo;
import io.swarmstream.clients.network.SwarmAddresses;
import io.swarmstream.clients.network.VersionInfo;
import io.swarmstream.contracts.ChainDrafts;
import io.swarmstream.contracts.Draft;
import java.util.List;
import java.util.Optional;

/** The swarm that a network node belongs to. */
final class ConnectedSwarm implements Swarm {
  private final NetworkClient api;
  private final ChainClient chain;

  ConnectedSwarm(NetworkClient api, ChainClient chain) {
    this.api = api;
    this.chain = chain;
  }

  @Override
  public VersionInfo version() {
    return api.version();
  }

  @Override
  public SwarmAddresses addresses() {
    return api.addresses();
  }

  @Override
  public List<NodeInfo> nodes() {
    return api.nodes();
  }

  @Override
  public List<MemberInfo> members() {
    return api.members();
  }

  @Override
  public List<ContractInfo> contracts() {
    return api.contracts();
  }

  @Override
  public ContractInfo contract(String name) {
    return api.contract(name);
  }

  @Override
  public List<RoundInfo> rounds(String contract, int newest) {
    return api.rounds(contract, newest);
  }

  @Override
  public PerformanceInfo performance(String contract) {
    return api.performance(contract);
  }

  @Override
  public Optional<Draft> draft(String name) {
    return new ChainDrafts(chain).find(name);
  }

  @Override
  public void write(Draft draft) {
    var unused = chain.membership().setDraft(draft.name(), draft.text());
  }

  @Override
  public void reset(Draft draft) {
    var unused = chain.membership().resetContract(draft.name());
  }

  @Override
  public TaskBoard tasks() {
    return chain.tasks();
  }
}
