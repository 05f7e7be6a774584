package io.swarmstream.site.node.http;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.site.Merged;
import io.swarmstream.site.node.session.Session;
import io.swarmstream.site.node.session.Training;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session as its trainer sees it. */
record SessionView(
    @Doc("Its id.") String session,
    @Doc("Readable name that the site is enrolled with.") String site,
    @Doc("Name of the training contract on the chain.") String contract,
    @Doc("The terms on the chain.") Terms terms,
    @Doc("The round that is contributed to next.") long round,
    @Doc("Whether there is a merged model already.") boolean hasModel,
    @Doc("Number of the trainer's next sync.") long nextSync,
    @Doc("Mini-batches until that sync, counted from the newest model.") int nextInterval,
    @Doc(
            value =
                "The final model that the session continues from, if the training was over before this trainer came.",
            optional = true)
        @Nullable Ended trainingOver,
    @Doc("What the trainer should tell its user, in whole sentences; usually nothing.")
        List<String> notices) {

  /** A training that is over. */
  record Ended(
      @Doc("Round of the final model.") long round,
      @Doc("Merkle root of the final model.") String modelHash) {}

  /** The terms of a training contract. */
  record Terms(
      @Doc("Merge method.") String method,
      @Doc("Number of sites that a round needs.") int minPeers,
      @Doc("How long a round with enough sites waits for the others, milliseconds.")
          long gracePeriodMs,
      @Doc("Number of values of the model.") long parameterCount,
      @Doc("SHA-256 of the layout's text.") String layoutHash,
      @Doc("How deltas are encoded.") String encoding,
      @Doc(
              "Mini-batches before the first merge of an adaptive contract; 0: the contract is not adaptive.")
          int adaptiveInterval) {

    static Terms of(ContractTerms terms) {
      return new Terms(
          terms.method(),
          terms.minPeers(),
          terms.gracePeriodMs(),
          terms.parameterCount(),
          terms.layoutHash(),
          terms.encoding().code(),
          terms.adaptiveInterval());
    }
  }

  static SessionView of(Session session) {
    Training training = session.training();
    ContractTerms terms = training.terms();
    Optional<Merged> newest = training.newest();
    return new SessionView(
        session.id(),
        training.siteName(),
        terms.contract(),
        Terms.of(terms),
        newest.map(Merged::round).orElse(-1L) + 1,
        newest.isPresent(),
        session.nextSync(),
        session.nextInterval(),
        session.overBefore().map(end -> new Ended(end.round(), end.hash().hex())).orElse(null),
        session.notices());
  }
}
