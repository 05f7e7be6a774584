package io.swarmstream.shell.swarm;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.network.SwarmAddresses;
import java.util.Locale;
import java.util.Objects;

/**
 * What tells one swarm from another: its smart contracts.
 *
 * @param swarmMembers address of the smart contract
 * @param trainingContracts address of the smart contract
 */
public record SwarmMark(String swarmMembers, String trainingContracts) {
  public SwarmMark {
    swarmMembers = swarmMembers.toLowerCase(Locale.ROOT);
    trainingContracts = trainingContracts.toLowerCase(Locale.ROOT);
  }

  /** That of the member's swarm. */
  public static SwarmMark of(ChainOptions chain) {
    return new SwarmMark(
        Objects.requireNonNullElse(chain.swarmMembers(), ""), chain.trainingContracts());
  }

  /** That of the swarm that a node says it belongs to. */
  public static SwarmMark of(SwarmAddresses addresses) {
    return new SwarmMark(addresses.swarmMembers(), addresses.trainingContracts());
  }
}
