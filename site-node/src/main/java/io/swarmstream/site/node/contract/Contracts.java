package io.swarmstream.site.node.contract;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.contracts.ContractFounder;
import io.swarmstream.contracts.ContractOwner;
import io.swarmstream.contracts.Draft;
import io.swarmstream.contracts.NewTerms;
import io.swarmstream.schemas.ClipTensor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.site.node.session.SessionRequest;
import io.swarmstream.site.node.weights.LayoutMismatch;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a trainer asks for with the contract on the chain. In a local swarm it creates the
 * contract from its draft and enrols the site.
 */
public final class Contracts {
  private static final int DEFAULT_MIN_PEERS = 2;
  private static final String DEFAULT_METHOD = "mean";

  private final String siteName;
  private final Optional<ContractFounder> owner;
  private final ChainClient chain;
  private final SiteKey key;

  /**
   * The contracts that a site may take part in.
   *
   * @param siteName that the site is enrolled with, where the node enrols it
   * @param owner who creates contracts and enrols sites, in a local swarm; else empty
   * @param key the site's
   */
  public Contracts(
      String siteName, Optional<ContractFounder> owner, ChainClient chain, SiteKey key) {
    this.siteName = siteName;
    this.owner = owner;
    this.chain = chain;
    this.key = key;
  }

  /**
   * Makes sure that the site can take part as the trainer asks.
   *
   * @throws ProblemException when there is no such contract, it has other terms, or the site is not
   *     enrolled
   */
  public Ready prepare(SessionRequest request) throws IOException, InterruptedException {
    checkName(request.contract());
    checkTensors(request.layout());
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
    TermsMismatch.check(terms.get(), request);
    int usual = draft.map(Draft::maxWeight).orElse(ContractOwner.USUAL_MAX_WEIGHT);
    int allowed = terms.get().privacy().allowedWeight(usual);
    boolean enrolled = enrolment(contract).isEmpty() && enrol(contract, allowed);
    requireWeight(contract, request.weight());
    return new Ready(contract, layout, created || enrolled);
  }

  /**
   * Checks what can be checked before a trainer's tensors are known, and writes nothing.
   *
   * @param request whose layout does not count
   * @throws ProblemException as {@link #prepare} does
   */
  public void check(SessionRequest request) throws IOException {
    checkName(request.contract());
    Optional<Draft> draft = draft(request.contract());
    String contract = draft.map(Draft::contract).orElse(request.contract());
    Optional<ContractTerms> terms = chain.registry().terms(contract);
    if (terms.isEmpty() && draft.isPresent()) {
      return;
    }
    TermsMismatch.check(terms.orElseThrow(() -> unknown(request.contract())), request);
    if (owner.isEmpty() && enrolment(contract).isEmpty()) {
      throw notEnrolled(contract);
    }
    requireWeight(contract, request.weight());
  }

  /** The name becomes part of a path, so it is checked first. */
  private static void checkName(String contract) {
    try {
      var unused = ContractTerms.checkName(contract);
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(ProblemCode.BAD_VALUE, String.valueOf(e.getMessage()), e)
          .in("contract");
    }
  }

  private static void checkTensors(ModelLayout trainers) {
    try {
      ClipTensor.requireFree(trainers);
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(ProblemCode.BAD_VALUE, String.valueOf(e.getMessage()), e)
          .in("layout");
    }
  }

  /**
   * A contract that the site can take part in.
   *
   * @param contract its name on the chain
   * @param layout the trainer's tensors in the contract's order
   * @param isNew whether something was written to the chain just now, which the job has yet to read
   */
  public record Ready(String contract, ModelLayout layout, boolean isNew) {}

  private Optional<Draft> draft(String name) throws IOException {
    return owner.isPresent() ? owner.get().draft(name) : Optional.empty();
  }

  private boolean create(Draft draft, SessionRequest request)
      throws IOException, InterruptedException {
    int minPeers = first(draft.minPeers(), request.minPeers(), DEFAULT_MIN_PEERS);
    String method = first(draft.mergeMethod(), request.mergeMethod(), DEFAULT_METHOD);
    int wanted = request.adaptive() ? request.syncInterval() : 0;
    int interval = first(draft.adaptiveInterval(), null, wanted);
    try {
      return owner
          .orElseThrow()
          .create(
              draft,
              new NewTerms(
                  method,
                  minPeers,
                  draft.gracePeriod(),
                  draft.encoding(),
                  interval,
                  draft.limits(),
                  draft.payloadHash(),
                  draft.optimizer(),
                  draft.privacy()),
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
                + "; name one of them, or create the contract with 'swarm contract create'")
        .in("contract");
  }

  /** The contract's layout; the trainer's may differ from it in the order of its tensors only. */
  private ModelLayout requireLayout(ContractTerms terms, ModelLayout trainers) {
    Optional<ModelLayout> contracts = chain.registry().layout(terms.contract());
    if (contracts.isEmpty()) {
      return LayoutMismatch.known(terms, trainers);
    }
    ModelLayout trained = trained(terms, contracts.get());
    LayoutMismatch.check(trained, trainers.tensors());
    return trained;
  }

  private static ModelLayout trained(ContractTerms terms, ModelLayout contracts) {
    try {
      return ClipTensor.trained(terms.privacy(), contracts);
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(ProblemCode.BAD_VALUE, String.valueOf(e.getMessage()), e)
          .in("contract");
    }
  }

  private Optional<Enrolment> enrolment(String contract) {
    return chain.registry().sites(contract).stream()
        .filter(site -> site.address().equals(key.address()))
        .findFirst();
  }

  /** The job would reject each contribution; the trainer learns it before it has trained. */
  private void requireWeight(String contract, int weight) {
    Optional<Enrolment> enrolled = enrolment(contract);
    if (enrolled.isPresent() && weight > enrolled.get().maxWeight()) {
      throw aboveCap(enrolled.get().name(), contract, enrolled.get().maxWeight(), weight);
    }
  }

  private static ProblemException aboveCap(String site, String contract, int cap, int weight) {
    return ProblemException.of(
            ProblemCode.TERMS_MISMATCH,
            "weight is "
                + weight
                + ", site "
                + site
                + " is enrolled in contract "
                + contract
                + " with a weight of at most "
                + cap
                + "; ask for no more, or have the contract's owner make a contract that allows it:"
                + " 'swarm contract create --max-weight "
                + weight
                + "', or --sites "
                + site
                + "=ADDRESS:"
                + weight)
        .in("weight")
        .values("at most " + cap, String.valueOf(weight));
  }

  private boolean enrol(String contract, int maxWeight) throws IOException, InterruptedException {
    if (owner.isEmpty()) {
      throw notEnrolled(contract);
    }
    try {
      owner.get().enrol(contract, key.address(), siteName, maxWeight);
    } catch (ChainRefusalException e) {
      throw ProblemException.of(ProblemCode.NOT_ENROLLED, String.valueOf(e.getMessage()), e)
          .in("site");
    }
    return true;
  }

  private ProblemException notEnrolled(String contract) {
    return ProblemException.of(
            ProblemCode.NOT_ENROLLED,
            "site "
                + key.address()
                + " is not enrolled in contract "
                + contract
                + "; ask its owner "
                + chain.registry().owner(contract).orElse("")
                + " to enrol that address")
        .in("site")
        .values("an enrolled site", key.address());
  }
}
