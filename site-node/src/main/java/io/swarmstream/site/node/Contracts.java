package io.swarmstream.site.node;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a trainer asks for, compared with what the chain has; in a local swarm it is made so. */
final class Contracts {
  private static final int DEFAULT_MIN_PEERS = 2;
  private static final String DEFAULT_METHOD = "mean";

  private final NodeOptions options;
  private final ChainClient chain;
  private final SiteKey key;

  Contracts(NodeOptions options, ChainClient chain, SiteKey key) {
    this.options = options;
    this.chain = chain;
    this.key = key;
  }

  /**
   * Sees to it that the site can take part as the trainer asks.
   *
   * @return name of the contract on the chain, its layout, and whether something was written there
   *     just now, which the job has to read yet
   * @throws ProblemException when there is no such contract, it has other terms, or the site is not
   *     enrolled
   */
  Ready prepare(SessionRequest request) throws IOException, InterruptedException {
    checkName(request.contract());
    Optional<Draft> draft = draft(request.contract());
    String contract = draft.map(Draft::contract).orElse(request.contract());
    boolean created = false;
    Optional<ContractTerms> terms = chain.registry().terms(contract);
    if (terms.isEmpty() && draft.isPresent()) {
      created = create(draft.get(), request);
      terms = chain.registry().terms(contract);
    }
    if (terms.isEmpty()) {
      throw unknown(request.contract());
    }
    ModelLayout layout = requireLayout(terms.get(), request.layout());
    requireTerms(terms.get(), request);
    int usual = draft.map(Draft::maxWeight).orElse(ContractOwner.USUAL_MAX_WEIGHT);
    boolean enrolled = enrolment(contract).isEmpty() && enrol(contract, usual);
    requireWeight(contract, request.weight());
    return new Ready(contract, layout, created || enrolled);
  }

  /** Before a file or a contract is looked for by it. */
  private static void checkName(String contract) {
    try {
      var unused = ContractTerms.checkName(contract);
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(ProblemCode.BAD_VALUE, String.valueOf(e.getMessage()), e)
          .in("contract");
    }
  }

  record Ready(String contract, ModelLayout layout, boolean isNew) {}

  private Optional<Draft> draft(String name) throws IOException {
    ContractOwner owner = options.owner().orElse(null);
    return owner == null ? Optional.empty() : owner.draft(name);
  }

  private boolean create(Draft draft, SessionRequest request)
      throws IOException, InterruptedException {
    int minPeers = first(draft.minPeers(), request.minPeers(), DEFAULT_MIN_PEERS);
    String method = first(draft.mergeMethod(), request.mergeMethod(), DEFAULT_METHOD);
    int wanted = request.adaptive() ? request.syncInterval() : 0;
    int interval = first(draft.adaptiveInterval(), null, wanted);
    try {
      return options
          .owner()
          .orElseThrow()
          .create(
              draft.contract(),
              new NewTerms(
                  method,
                  minPeers,
                  draft.gracePeriod(),
                  draft.encoding(),
                  interval,
                  draft.limits()),
              request.layout());
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(ProblemCode.BAD_VALUE, String.valueOf(e.getMessage()), e)
          .in("mergeMethod");
    }
  }

  private static <T> T first(@Nullable T one, @Nullable T other, T last) {
    return one != null ? one : other != null ? other : last;
  }

  private ProblemException unknown(String contract) {
    return ProblemException.of(
            ProblemCode.UNKNOWN_CONTRACT,
            "there is no contract "
                + contract
                + " on "
                + chain.network()
                + "; there are "
                + chain.registry().names()
                + ": name one of them, or create it with 'swarm contract create'")
        .in("contract");
  }

  /** The contract's layout, which the trainer's is, but for the order of its tensors. */
  private ModelLayout requireLayout(ContractTerms terms, ModelLayout trainers) {
    Optional<ModelLayout> contracts = chain.registry().layout(terms.contract());
    if (contracts.isPresent()) {
      LayoutMismatch.check(contracts.get(), trainers.tensors());
      return contracts.get();
    }
    return LayoutMismatch.known(terms, trainers);
  }

  private void requireTerms(ContractTerms terms, SessionRequest request) {
    require("minPeers", terms.minPeers(), request.minPeers());
    require("mergeMethod", terms.method(), request.mergeMethod());
    if (request.adaptive() && !terms.isAdaptive()) {
      throw ProblemException.of(
              ProblemCode.TERMS_MISMATCH,
              "adaptive is false in the contract, this trainer asks for true; terms never change: leave it out, or"
                  + " train by a contract made with 'swarm contract create --adaptive-interval "
                  + request.syncInterval()
                  + "'")
          .in("adaptive")
          .values("false", "true");
    }
  }

  private static void require(String field, Object contract, @Nullable Object trainer) {
    if (trainer != null && !trainer.equals(contract)) {
      throw ProblemException.of(
              ProblemCode.TERMS_MISMATCH,
              field
                  + " is "
                  + contract
                  + " in the contract, this trainer asks for "
                  + trainer
                  + "; terms never change: ask for the contract's, or train by another contract")
          .in(field)
          .values(contract.toString(), trainer.toString());
    }
  }

  private Optional<Enrolment> enrolment(String contract) {
    return chain.registry().sites(contract).stream()
        .filter(site -> site.address().equals(key.address()))
        .findFirst();
  }

  /** The job would refuse each contribution: better said before anybody has trained. */
  private void requireWeight(String contract, int weight) {
    Optional<Enrolment> enrolled = enrolment(contract);
    if (enrolled.isPresent() && weight > enrolled.get().maxWeight()) {
      throw SessionRequest.aboveCap(
          enrolled.get().name(), contract, enrolled.get().maxWeight(), weight);
    }
  }

  private boolean enrol(String contract, int maxWeight) throws IOException, InterruptedException {
    ContractOwner owner = options.owner().orElse(null);
    if (owner == null) {
      throw ProblemException.of(
              ProblemCode.NOT_ENROLLED,
              "site "
                  + key.address()
                  + " is not enrolled in contract "
                  + contract
                  + "; have its owner "
                  + chain.registry().owner(contract).orElse("")
                  + " enrol that address")
          .in("site")
          .values("an enrolled site", key.address());
    }
    try {
      owner.enrol(contract, key.address(), options.name(), maxWeight);
    } catch (ChainRefusalException e) {
      throw ProblemException.of(ProblemCode.NOT_ENROLLED, String.valueOf(e.getMessage()), e)
          .in("site");
    }
    return true;
  }
}
