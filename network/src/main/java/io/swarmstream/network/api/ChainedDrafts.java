package io.swarmstream.network.api;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ContractDraft;
import io.swarmstream.clients.chain.MemberAct;
import io.swarmstream.contracts.Draft;
import java.util.List;
import java.util.Optional;

/**
 * The drafts of a swarm with members, which are on the chain.
 *
 * @param chain signs with the account of the member that acts
 */
public record ChainedDrafts(ChainClient chain) implements Drafts {
  @Override
  public List<String> names() {
    return chain.members().draftNames();
  }

  @Override
  public Optional<ContractDraft> find(String name) {
    return chain.members().draft(name);
  }

  @Override
  public MemberAct write(Draft draft) {
    return chain.membership().setDraft(draft.name(), draft.text());
  }

  @Override
  public MemberAct reset(String name) {
    return chain.membership().resetContract(name);
  }
}
