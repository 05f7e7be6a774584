package io.swarmstream.network.api;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ContractDraft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The generations of all training contracts: what is on the chain, and drafts. */
final class Generations {
  /**
   * One of them.
   *
   * @param name as people call it
   * @param contract its name on the chain, or the one that it would get there
   * @param number counts from 1
   * @param isNewest whether no reset has ended it
   * @param isOnChain whether its first trainer has come
   * @param draft its terms before that, as its owner has set them; empty: there are none, or they
   *     are a later generation's
   */
  record Generation(
      String name,
      String contract,
      int number,
      boolean isNewest,
      boolean isOnChain,
      Optional<String> draft) {}

  private final Set<String> onChain;
  private final List<Generation> all = new ArrayList<>();

  private Generations(Set<String> onChain) {
    this.onChain = onChain;
  }

  /** Reads them: those of a name after each other, the oldest first. */
  static List<Generation> all(Drafts drafts, ChainClient chain) {
    Generations found = new Generations(new HashSet<>(chain.registry().names()));
    Set<String> foundAlone = new HashSet<>(found.onChain);
    for (String name : drafts.names()) {
      drafts.find(name).ifPresent(found::add);
    }
    found.all.forEach(each -> foundAlone.remove(each.contract()));
    foundAlone.stream().sorted().forEach(found::addWithoutDraft);
    return List.copyOf(found.all);
  }

  /** The one that a name means: its newest, or the one that has it on the chain. */
  static Optional<Generation> named(String name, Drafts drafts, ChainClient chain) {
    Optional<ContractDraft> draft = drafts.find(name);
    if (draft.isPresent()) {
      String contract = draft.get().contract();
      boolean isOnChain = chain.registry().names().contains(contract);
      return Optional.of(newest(draft.get(), isOnChain));
    }
    return all(drafts, chain).stream().filter(each -> each.contract().equals(name)).findFirst();
  }

  private static Generation newest(ContractDraft draft, boolean isOnChain) {
    Optional<String> text = Optional.of(draft.text()).filter(lines -> !lines.isEmpty());
    return new Generation(
        draft.name(), draft.contract(), draft.generation(), true, isOnChain, text);
  }

  private void add(ContractDraft draft) {
    for (int number = 1; number < draft.generation(); number++) {
      String contract = ContractDraft.onChain(draft.name(), number);
      if (onChain.contains(contract)) {
        all.add(new Generation(draft.name(), contract, number, false, true, Optional.empty()));
      }
    }
    Generation newest = newest(draft, onChain.contains(draft.contract()));
    if (newest.isOnChain() || newest.draft().isPresent()) {
      all.add(newest);
    }
  }

  private void addWithoutDraft(String contract) {
    all.add(new Generation(contract, contract, 1, true, true, Optional.empty()));
  }
}
