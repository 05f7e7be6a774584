package io.swarmstream.network.api;

import io.swarmstream.clients.chain.ContractDraft;
import io.swarmstream.clients.chain.MemberAct;
import io.swarmstream.contracts.Draft;
import java.util.List;
import java.util.Optional;

/** Drafts of training contracts, wherever a swarm keeps them. */
public interface Drafts {
  /** All names that were ever drafted. */
  List<String> names();

  /** The draft of a name; without a text it was withdrawn. */
  Optional<ContractDraft> find(String name);

  /** Writes a draft that is not there yet. */
  MemberAct write(Draft draft);

  /** Makes a draft's training start anew. */
  MemberAct reset(String name);
}
