package io.swarmstream.site.node.session;

/** What a trainer is told that comes after the end of its training. */
final class TrainingEnd {
  private TrainingEnd() {}

  /** Tells a trainer that it begins with the final model, and how to begin anew. */
  static String notice(String contract, long round, String modelHash) {
    return "the training of contract "
        + contract
        + " was over with round "
        + round
        + " already; this session continues from its final model "
        + modelHash
        + ". To begin anew, run 'swarm contract reset "
        + contract
        + "' if the contract is a draft, or make another contract with 'swarm contract create'";
  }
}
