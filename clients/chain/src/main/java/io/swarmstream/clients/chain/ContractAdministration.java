package io.swarmstream.clients.chain;

import static io.swarmstream.clients.chain.ContractCalls.idOf;

import io.swarmstream.clients.chain.contracts.TrainingContracts;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import java.math.BigInteger;
import org.web3j.utils.Numeric;

/**
 * Creates training contracts and decides who contributes to them. Each method sends one
 * transaction, waits until it is in a block and returns its hash.
 */
public final class ContractAdministration {
  private final Network network;
  private final ContractRegistry registry;
  private final Sender sender;
  private final SmartContract contracts;
  private final TrainingContracts calls;

  ContractAdministration(
      JsonRpc rpc, Network network, ContractRegistry registry, String address, Sender sender) {
    this.network = network;
    this.registry = registry;
    this.sender = sender;
    this.contracts = new SmartContract(rpc, address);
    this.calls = ContractCalls.trainingContracts(rpc, address);
  }

  /**
   * Creates a training contract; the account becomes its owner.
   *
   * @param coordinator address of the account that anchors its rounds
   * @throws IllegalArgumentException when the terms name another layout or another network
   */
  public String createContract(ContractTerms terms, ModelLayout layout, String coordinator) {
    ContractEventDecoder.checkLayout(terms, layout);
    String what = "create contract " + terms.contract();
    String here = network.name();
    if (!terms.network().equals(here)) {
      throw new IllegalArgumentException(
          "could not "
              + what
              + ": its terms are for network "
              + terms.network()
              + ", this one is "
              + here);
    }
    return sender.send(
        what,
        contracts,
        calls.createContract(
            terms.contract(),
            ChainOptions.checkedAddress("coordinator", coordinator),
            onChain(terms),
            ContractRegistry.stores(layout) ? layout.toString() : ""));
  }

  /**
   * Allows a site to contribute; only the contract's owner and admins may call this.
   *
   * @throws IllegalArgumentException when the contract's privacy does not allow the weight: a site
   *     that joined with it could contribute to no round
   */
  public String enrolSite(String contract, String site, String siteName, int maxWeight) {
    if (maxWeight != 1) {
      registry
          .privacy(contract)
          .ifPresent(privacy -> privacy.requireWeight("maxWeight of " + siteName, maxWeight));
    }
    return sender.send(
        "enrol site " + siteName + " (" + site + ") in contract " + contract,
        contracts,
        calls.enrolSite(
            idOf(contract),
            ChainOptions.checkedAddress("site", site),
            siteName,
            BigInteger.valueOf(maxWeight)));
  }

  /** Ends a site's right to contribute; only the contract's owner and admins may call this. */
  public String removeSite(String contract, String site) {
    return sender.send(
        "remove site " + site + " from contract " + contract,
        contracts,
        calls.removeSite(idOf(contract), ChainOptions.checkedAddress("site", site)));
  }

  /**
   * Gives a site's place, name and weight to another account; for the contract's owner and admins,
   * and for any account once the membership has moved ({@link MemberAdministration#rotateAccount}).
   */
  public String rotateSite(String contract, String previousSite, String site) {
    return sender.send(
        "give the place of site " + previousSite + " in contract " + contract + " to " + site,
        contracts,
        calls.rotateSite(
            idOf(contract),
            ChainOptions.checkedAddress("previousSite", previousSite),
            ChainOptions.checkedAddress("site", site)));
  }

  /** Offers the ownership to an account, which accepts it; only for the owner and admins. */
  public String offerOwnership(String contract, String candidate) {
    return sender.send(
        "offer the ownership of contract " + contract,
        contracts,
        calls.offerOwnership(idOf(contract), ChainOptions.checkedAddress("candidate", candidate)));
  }

  /** Accepts an offered ownership. */
  public String acceptOwnership(String contract) {
    return sender.send(
        "accept the ownership of contract " + contract,
        contracts,
        calls.acceptOwnership(idOf(contract)));
  }

  /** Offers the coordination to an account, which accepts it; only for the owner. */
  public String offerCoordinator(String contract, String candidate) {
    return sender.send(
        "offer the coordination of contract " + contract,
        contracts,
        calls.offerCoordinator(
            idOf(contract), ChainOptions.checkedAddress("candidate", candidate)));
  }

  /** Accepts an offered coordination; this client's account anchors from then on. */
  public String acceptCoordinator(String contract) {
    return sender.send(
        "accept the coordination of contract " + contract,
        contracts,
        calls.acceptCoordinator(idOf(contract)));
  }

  private static TrainingContracts.Terms onChain(ContractTerms terms) {
    return new TrainingContracts.Terms(
        terms.method(),
        BigInteger.valueOf(terms.minPeers()),
        BigInteger.valueOf(terms.gracePeriodMs()),
        BigInteger.valueOf(terms.parameterCount()),
        BigInteger.valueOf(terms.chunkValues()),
        terms.deltaEncoding().code(),
        BigInteger.valueOf(terms.adaptiveInterval()),
        Numeric.hexStringToByteArray(terms.layoutHash()),
        terms.limits().text(),
        terms.payloadHash().code(),
        terms.optimizer().text(),
        terms.privacy().text());
  }
}
