package io.swarmstream.site.node.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.site.Merged;
import io.swarmstream.site.node.session.Session;
import io.swarmstream.site.node.session.Training;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session as its trainer sees it. */
record SessionView(
    @JsonPropertyDescription("Its id.") String session,
    @JsonPropertyDescription("Readable name that the site is enrolled with.") String site,
    @JsonPropertyDescription("Name of the training contract on the chain.") String contract,
    @JsonPropertyDescription("The terms on the chain.") Terms terms,
    @JsonPropertyDescription("The round that is contributed to next.") long round,
    @JsonPropertyDescription("Whether there is a merged model already.") boolean hasModel,
    @JsonPropertyDescription("Number of the trainer's next sync.") long nextSync,
    @JsonPropertyDescription("Mini-batches until that sync, counted from the newest model.")
        int nextInterval,
    @JsonPropertyDescription(
            "The final model that the session continues from, if the training was over before this trainer came.")
        @Nullable Ended trainingOver,
    @JsonPropertyDescription(
            "What the trainer should tell its user, in whole sentences; usually nothing.")
        List<String> notices) {

  /** A training that is over. */
  record Ended(
      @JsonPropertyDescription("Round of the final model.") long round,
      @JsonPropertyDescription("Merkle root of the final model.") String modelHash) {}

  /** The terms of a training contract. */
  record Terms(
      @JsonPropertyDescription("Merge method.") String method,
      @JsonPropertyDescription("Number of sites that a round needs.") int minPeers,
      @JsonPropertyDescription(
              "How long a round with enough sites waits for the others, milliseconds.")
          long gracePeriodMs,
      @JsonPropertyDescription("Number of values of the model.") long parameterCount,
      @JsonPropertyDescription("SHA-256 of the layout's text.") String layoutHash,
      @JsonPropertyDescription("How deltas are encoded.") String encoding,
      @JsonPropertyDescription(
              "Mini-batches before the first merge of an adaptive contract; 0: the contract is not adaptive.")
          int adaptiveInterval,
      @JsonPropertyDescription("How payloads are hashed: blake3 or sha-256.") String payloadHash,
      @JsonPropertyDescription(
              "What makes the step of the model from the merged delta, such as nesterov:lr=0.7,momentum=0.9; none: the step is the delta.")
          String optimizer,
      @JsonPropertyDescription(
              "What sites do to their deltas before they send them, such as dp(clip=1,noise=1.1,delta=0.00001); none.")
          String privacy) {

    static Terms of(ContractTerms terms) {
      return new Terms(
          terms.method(),
          terms.minPeers(),
          terms.gracePeriodMs(),
          terms.trainedParameters(),
          terms.layoutHash(),
          terms.deltaEncoding().code(),
          terms.adaptiveInterval(),
          terms.payloadHash().code(),
          terms.optimizer().shown(),
          terms.privacy().shown());
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
