package io.swarmstream.network.api;

import io.swarmstream.clients.chain.ContractDraft;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;

/** Which training a path means: people name contracts, the chain has a name for each generation. */
final class TrainingName {
  static final String GENERATION =
      "Which generation of a contract that was reset; the newest if it is not said.";

  private static final int MOST_GENERATIONS = 1_000_000;

  private TrainingName() {}

  /** The name in the path, as it was given. */
  static String said(ApiCall<Caller> call) {
    try {
      return ContractTerms.checkName(call.path("name"));
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badValue("name", String.valueOf(e.getMessage())).because(e);
    }
  }

  /** The name on the chain. */
  static String onChain(ApiCall<Caller> call, Drafts drafts) {
    String name = said(call);
    int generation = (int) call.query("generation", 0, 1, MOST_GENERATIONS);
    return generation > 0
        ? ContractDraft.onChain(name, generation)
        : drafts.find(name).map(ContractDraft::contract).orElse(name);
  }
}
