package io.swarmstream.clients.chain;

/**
 * A training contract that waits for its first trainer, as SwarmMembers stores it.
 *
 * @param text the draft's properties; empty: it was withdrawn
 * @param owner account that wrote it first
 * @param generation 1, and one more for each reset
 */
public record ContractDraft(String name, String text, String owner, int generation) {
  /** The name of the contract on the chain: {@code NAME}, then {@code NAME.2} and so on. */
  public String contract() {
    return onChain(name, generation);
  }

  /** The name on the chain of a generation of a contract. */
  public static String onChain(String name, int generation) {
    return generation <= 1 ? name : name + "." + generation;
  }
}
