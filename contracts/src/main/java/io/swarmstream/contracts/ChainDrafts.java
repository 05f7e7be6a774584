package io.swarmstream.contracts;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ContractDraft;
import java.util.List;
import java.util.Optional;

/** The drafts of a swarm with members, which are on the chain. Anybody may read them. */
public final class ChainDrafts {
  private final ChainClient chain;

  public ChainDrafts(ChainClient chain) {
    this.chain = chain;
  }

  /** The draft of a name; empty: there is none, or it was withdrawn. */
  public Optional<Draft> find(String name) {
    return chain
        .members()
        .draft(name)
        .filter(stored -> !stored.text().isEmpty())
        .map(ChainDrafts::draft);
  }

  public List<Draft> all() {
    return chain.members().draftNames().stream().flatMap(name -> find(name).stream()).toList();
  }

  private static Draft draft(ContractDraft stored) {
    return Draft.ofText(stored.name(), stored.generation(), stored.text());
  }
}
