package io.swarmstream.clients.chain;

import static io.swarmstream.clients.chain.ContractCalls.idOf;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.clients.chain.contracts.TrainingContracts;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ModelLayout;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.utils.Numeric;

/** Reads the training contracts that are registered in TrainingContracts. */
public final class ContractRegistry {
  /**
   * Limit on a layout's text: it costs one to two million gas, a tenth of a transaction's limit.
   */
  private static final int LONGEST_LAYOUT_BYTES = 32 << 10;

  private static final int NAMES_A_PAGE = 100;
  private static final String UNKNOWN = "UnknownContract";

  private final JsonRpc rpc;
  private final Network network;
  private final EventQuery events;
  private final long startBlock;
  private final SmartContract views;
  private final TrainingContracts calls;

  ContractRegistry(JsonRpc rpc, Network network, EventQuery events, ChainOptions options) {
    this.rpc = rpc;
    this.network = network;
    this.events = events;
    this.startBlock = options.startBlock();
    this.views = new SmartContract(rpc, options.trainingContracts());
    this.calls = ContractCalls.trainingContracts(rpc, options.trainingContracts());
  }

  /**
   * Whether the chain stores a layout's text. A longer text would cost more than a block allows, so
   * the chain stores only its hash, in the terms.
   */
  public static boolean stores(ModelLayout layout) {
    return layout.toString().getBytes(UTF_8).length <= LONGEST_LAYOUT_BYTES;
  }

  /** Names of all contracts, the oldest first. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    List<?> page;
    do {
      var call =
          calls.contractNames(BigInteger.valueOf(names.size()), BigInteger.valueOf(NAMES_A_PAGE));
      page = (List<?>) views.view("list the contracts", call).getValue();
      page.forEach(name -> names.add((String) ((Type<?>) name).getValue()));
    } while (page.size() == NAMES_A_PAGE);
    return names;
  }

  /**
   * The terms of a contract; empty when there is no contract of that name.
   *
   * @throws ChainException also when this version cannot serve the registered terms
   */
  public Optional<ContractTerms> terms(String contract) {
    String what = "read the terms of contract " + contract;
    return views
        .viewUnless(UNKNOWN, what, calls.termsOf(idOf(contract)))
        .map(value -> toTerms(what, contract, (TrainingContracts.Terms) value));
  }

  /**
   * What a contract says of privacy, also when this version cannot serve its other terms; empty
   * when there is no contract of that name.
   *
   * @throws ChainException also when this version does not know that privacy
   */
  public Optional<Privacy> privacy(String contract) {
    String what = "read the privacy of contract " + contract;
    return views
        .viewUnless(UNKNOWN, what, calls.termsOf(idOf(contract)))
        .map(value -> toPrivacy(what, ((TrainingContracts.Terms) value).privacy));
  }

  private static Privacy toPrivacy(String what, String text) {
    try {
      return new Privacy(text);
    } catch (IllegalArgumentException e) {
      throw new ChainException("could not " + what + ": it is unknown here: " + e.getMessage(), e);
    }
  }

  /**
   * The layout of a contract's model; empty when there is no contract of that name, or when the
   * layout is too long for the chain and only its hash is in the terms.
   */
  public Optional<ModelLayout> layout(String contract) {
    String what = "read the layout of contract " + contract;
    return views
        .viewUnless(UNKNOWN, what, calls.creationBlockOf(idOf(contract)))
        .flatMap(
            block ->
                layoutLoggedIn(what, ((BigInteger) block.getValue()).longValueExact(), contract));
  }

  /** Address of a contract's owner; empty when there is no contract of that name. */
  public Optional<String> owner(String contract) {
    return account("read the owner of " + contract, calls.ownerOf(idOf(contract)));
  }

  /** Address that anchors a contract's rounds; empty when there is no contract of that name. */
  public Optional<String> coordinator(String contract) {
    return account("read the coordinator of " + contract, calls.coordinatorOf(idOf(contract)));
  }

  /**
   * All coordinators that a contract has had, the present one last; none when there is no contract
   * of that name.
   */
  public List<CoordinatorTerm> coordinators(String contract) {
    String what = "read the coordinators of contract " + contract;
    List<CoordinatorTerm> terms = new ArrayList<>();
    views
        .viewUnless(UNKNOWN, what, calls.coordinatorsOf(idOf(contract)))
        .ifPresent(
            values -> {
              for (Object value : (List<?>) values.getValue()) {
                var term = (TrainingContracts.CoordinatorTerm) value;
                terms.add(
                    new CoordinatorTerm(
                        term.account.toLowerCase(Locale.ROOT), term.sinceBlock.longValueExact()));
              }
            });
    return terms;
  }

  /** The enrolled sites in order of address; none when there is no contract of that name. */
  public List<Enrolment> sites(String contract) {
    String what = "read the sites of contract " + contract;
    List<Enrolment> sites = new ArrayList<>();
    views
        .viewUnless(UNKNOWN, what, calls.sitesOf(idOf(contract)))
        .ifPresent(
            values -> {
              for (Object value : (List<?>) values.getValue()) {
                var site = (TrainingContracts.Site) value;
                sites.add(enrolment(site.account, site.name, site.maxWeight));
              }
            });
    sites.sort(Comparator.comparing(Enrolment::address));
    return sites;
  }

  /**
   * All enrolments of a contract in the chain's order, including those of sites that were removed
   * later. Searches all blocks from the options' start block.
   */
  public List<Enrolment> enrolments(String contract) {
    String what = "read the enrolments of contract " + contract;
    List<Enrolment> sites = new ArrayList<>();
    for (Log log :
        events.pagedLogs(
            what,
            startBlock,
            rpc.newestBlock(),
            ContractEventDecoder.ENROLLED,
            topicOf(contract))) {
      var event = TrainingContracts.getSiteEnrolledEventFromLog(log);
      sites.add(enrolment(event.account, event.siteName, event.maxWeight));
    }
    return sites;
  }

  private Optional<ModelLayout> layoutLoggedIn(String what, long block, String contract) {
    List<Log> logs =
        events.logs(what, block, block, ContractEventDecoder.CREATED, topicOf(contract));
    if (logs.size() != 1) {
      throw new ChainException(
          "could not "
              + what
              + ": the node at "
              + rpc.place()
              + " has no log of its creation in block "
              + block
              + "; ask a node that keeps old logs");
    }
    try {
      String text = TrainingContracts.getContractCreatedEventFromLog(logs.get(0)).layoutText;
      return text.isEmpty() ? Optional.empty() : Optional.of(ModelLayout.parse(text));
    } catch (IllegalArgumentException e) {
      throw new ChainException("could not " + what + ": " + e.getMessage(), e);
    }
  }

  private ContractTerms toTerms(String what, String contract, TrainingContracts.Terms terms) {
    try {
      return new ContractTerms(
              contract,
              network.name(),
              terms.method,
              terms.minPeers.intValueExact(),
              terms.gracePeriodMs.longValueExact(),
              terms.parameterCount.longValueExact(),
              terms.chunkValues.intValueExact(),
              DeltaEncoding.named(terms.encoding),
              terms.adaptiveInterval.intValueExact(),
              Numeric.toHexStringNoPrefix(terms.layoutHash),
              new Limits(terms.limits),
              PayloadHash.named(terms.payloadHash))
          .withOptimizer(new Optimizer(terms.optimizer))
          .withPrivacy(new Privacy(terms.privacy));
    } catch (IllegalArgumentException e) {
      throw new ChainException(
          "could not " + what + ": they cannot be served: " + e.getMessage(), e);
    }
  }

  private Optional<String> account(String what, RemoteFunctionCall<?> call) {
    return views
        .viewUnless(UNKNOWN, what, call)
        .map(value -> ((String) value.getValue()).toLowerCase(Locale.ROOT));
  }

  private static Enrolment enrolment(String account, String name, BigInteger maxWeight) {
    return new Enrolment(account.toLowerCase(Locale.ROOT), name, maxWeight.intValueExact());
  }

  private static String topicOf(String contract) {
    return Numeric.toHexString(idOf(contract));
  }
}
