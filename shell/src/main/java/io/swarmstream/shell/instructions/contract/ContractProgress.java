package io.swarmstream.shell.instructions.contract;

import io.swarmstream.clients.network.ContractInfo;
import io.swarmstream.clients.network.PerformanceInfo;
import io.swarmstream.clients.network.RoundInfo;
import io.swarmstream.clients.network.SitePerformance;
import io.swarmstream.shell.swarm.Swarm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the training of a contract is.
 *
 * @param contract its name on the chain
 * @param rounds merged so far
 * @param model hash of the newest merged model; null: there is none
 * @param training members whose sites train it now
 * @param sites what each has last reported
 */
public record ContractProgress(
    String name,
    String contract,
    State state,
    long rounds,
    @Nullable String model,
    List<String> training,
    List<SitePerformance> sites) {
  /** Where a training is. */
  public enum State {
    /** No site has joined yet: the first trainer decides the model's layout. */
    UNINITIALISED,
    /** On the chain, without a round. */
    READY,
    /** Sites train. */
    TRAINING,
    /** All sites that were merged have done the epochs that they wanted. */
    COMPLETED,
    /** Rounds were merged, and no site trains. */
    STOPPED
  }

  static ContractProgress of(String name, Swarm swarm) {
    ContractInfo contract = swarm.contract(name);
    if (contract.status().equals("draft")) {
      return new ContractProgress(
          name, contract.contract(), State.UNINITIALISED, 0, null, List.of(), List.of());
    }
    PerformanceInfo performance = swarm.performance(name);
    List<String> training =
        performance.sites().stream()
            .filter(SitePerformance::training)
            .map(SitePerformance::site)
            .toList();
    List<RoundInfo> newest = swarm.rounds(name, 1);
    Long round = performance.round();
    return new ContractProgress(
        name,
        contract.contract(),
        state(performance, training),
        round == null ? 0 : round + 1,
        newest.isEmpty() ? null : newest.get(newest.size() - 1).modelHash(),
        training,
        performance.sites());
  }

  private static State state(PerformanceInfo performance, List<String> training) {
    List<SitePerformance> merged =
        performance.sites().stream().filter(site -> site.round() != null).toList();
    if (!merged.isEmpty() && merged.stream().allMatch(ContractProgress::hasAll)) {
      return State.COMPLETED;
    }
    if (!training.isEmpty()) {
      return State.TRAINING;
    }
    return performance.round() == null ? State.READY : State.STOPPED;
  }

  private static boolean hasAll(SitePerformance site) {
    return site.totalEpochs() > 0 && site.epochs() >= site.totalEpochs();
  }
}
