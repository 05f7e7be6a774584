package io.swarmstream.clients.chain;

import io.swarmstream.schemas.Anchor;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The present coordinator of a contract and the former ones. Asks the chain again when it meets an
 * account that it does not know, for that may be the next coordinator; but only every few seconds,
 * for it may as well be a stranger. Keeps what it knows while the chain does not answer. For one
 * thread.
 */
public final class ContractCoordinators {
  private static final Logger LOG = LoggerFactory.getLogger(ContractCoordinators.class);
  private static final Duration ASK_EVERY = Duration.ofSeconds(5);

  private final ChainClient chain;
  private final String contract;
  private final Duration askEvery;

  private String present = "";
  private Set<String> former = Set.of();
  private long anchoredRounds;

  /** Whether the chain was ever asked; before that, {@link #askedNanos} says nothing. */
  private boolean isAsked;

  private long askedNanos;

  /** Sends no request yet. */
  public ContractCoordinators(ChainClient chain, String contract) {
    this(chain, contract, ASK_EVERY);
  }

  /** Asks the chain at most that often. */
  public ContractCoordinators(ChainClient chain, String contract, Duration askEvery) {
    this.chain = chain;
    this.contract = contract;
    this.askEvery = askEvery;
  }

  /**
   * Asks the chain now.
   *
   * @throws ChainException when it does not answer
   */
  public static ContractCoordinators read(ChainClient chain, String contract) {
    ContractCoordinators coordinators = new ContractCoordinators(chain, contract);
    coordinators.readTerms();
    return coordinators;
  }

  /** The present coordinator as far as is known; empty: the chain has not said. */
  public String present() {
    return present;
  }

  /** Whether an account is the present coordinator. */
  public boolean isPresent(String account) {
    meet(account);
    return account.equals(present);
  }

  /** Whether an account was a coordinator, and is not the present one. */
  public boolean isFormer(String account) {
    meet(account);
    return former.contains(account);
  }

  /** Number of anchored rounds when the chain was asked last. */
  public long anchoredRounds() {
    return anchoredRounds;
  }

  /**
   * Whether the chain holds this very anchor. What a former coordinator has signed counts if it was
   * anchored in its time; its key may have been stolen since.
   *
   * @return false also when the chain does not answer
   */
  public boolean isAnchored(Anchor claimed) {
    try {
      return chain.anchors().anchor(contract, claimed.round()).filter(claimed::equals).isPresent();
    } catch (ChainException e) {
      LOG.warn("round {} of {} cannot be compared: {}", claimed.round(), contract, e.getMessage());
      return false;
    }
  }

  private void meet(String account) {
    if (!account.equals(present) && !former.contains(account)) {
      ask();
    }
  }

  private void ask() {
    long now = System.nanoTime();
    if (isAsked && now - askedNanos < askEvery.toNanos()) {
      return;
    }
    try {
      readTerms();
    } catch (ChainException e) {
      LOG.warn("the coordinators of {} are not known: {}", contract, e.getMessage());
    }
    isAsked = true;
    askedNanos = System.nanoTime();
  }

  private void readTerms() {
    List<CoordinatorTerm> terms = chain.registry().coordinators(contract);
    if (terms.isEmpty()) {
      return;
    }
    anchoredRounds = chain.anchors().nextRound(contract);
    String last = terms.get(terms.size() - 1).account();
    Set<String> earlier = new HashSet<>();
    terms.forEach(term -> earlier.add(term.account()));
    earlier.remove(last);
    if (!present.isEmpty() && !present.equals(last)) {
      LOG.info("contract {} has another coordinator: {} after {}", contract, last, present);
    }
    present = last;
    former = Set.copyOf(earlier);
  }
}
