package io.swarmstream.clients.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.clients.chain.contracts.TrainingContracts;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.Encoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.datatypes.Type;
import org.web3j.crypto.Hash;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;
import org.web3j.utils.Numeric;

/**
 * The two smart contracts as Java methods. Making one asks nothing of the chain yet.
 *
 * <p>Every method throws {@link ChainException} or one of its kinds, and none waits longer than the
 * options' timeouts. Safe for use by many threads.
 */
public final class ChainClient implements AutoCloseable {
  /** Of a layout's text: one to two million gas, a tenth of what a transaction may cost. */
  private static final int LONGEST_LAYOUT_BYTES = 32 << 10;

  private static final int NAMES_A_PAGE = 100;
  private static final long BLOCKS_A_PAGE = 10_000;

  private final ChainOptions options;
  private final JsonRpc rpc;
  private final @Nullable Transactions transactions;
  private final SmartContract contracts;
  private final AnchorLedger anchors;
  private final TrainingContracts contractCalls;

  /** The chain's id once it was asked for; a chain keeps its id. */
  private volatile @Nullable Long chainId;

  /** The hash of its first block, likewise: 64 hex digits. */
  private volatile @Nullable String genesis;

  private ChainClient(ChainOptions options, @Nullable SiteKey account) {
    this.options = options;
    this.rpc = new JsonRpc(options.rpcUrl(), options.requestTimeout());
    this.transactions =
        account == null
            ? null
            : new Transactions(rpc, account.credentials(), options.receiptTimeout());
    this.contracts = new SmartContract(rpc, options.trainingContracts());
    this.anchors = new AnchorLedger(rpc, options, this::send);
    // The wrapper only encodes and decodes for us.
    this.contractCalls =
        TrainingContracts.load(
            options.trainingContracts(),
            rpc.web3j(),
            new ReadonlyTransactionManager(rpc.web3j(), options.trainingContracts()),
            new DefaultGasProvider());
  }

  /** A client that can ask, but send no transaction. */
  public static ChainClient reading(ChainOptions options) {
    return new ChainClient(options, null);
  }

  /** A client whose transactions are of this account. */
  public static ChainClient signing(ChainOptions options, SiteKey account) {
    return new ChainClient(options, account);
  }

  public ChainOptions options() {
    return options;
  }

  /**
   * Where the terms stand: {@code eip155:chainId:hash of block 0:address of TrainingContracts}. The
   * chain's id alone does not tell development chains apart, which have the same id, accounts and
   * addresses.
   */
  public String network() {
    return "eip155:" + chainId() + ":" + genesis() + ":" + options.trainingContracts();
  }

  public long newestBlock() {
    return rpc.ask("ask for the number of the newest block", rpc.web3j().ethBlockNumber())
        .getBlockNumber()
        .longValueExact();
  }

  /**
   * Creates a training contract; the account becomes its owner.
   *
   * @param coordinator address of the account that anchors its rounds
   * @return hash of the transaction
   * @throws IllegalArgumentException when the layout is not the one of the terms, or their network
   *     is another one
   */
  public String createContract(ContractTerms terms, ModelLayout layout, String coordinator) {
    ContractLogs.checkLayout(terms, layout);
    String what = "create contract " + terms.contract();
    if (!terms.network().equals(network())) {
      throw new IllegalArgumentException(
          "could not "
              + what
              + ": its terms are for network "
              + terms.network()
              + ", this one is "
              + network());
    }
    var chainTerms =
        new TrainingContracts.Terms(
            terms.method(),
            BigInteger.valueOf(terms.minPeers()),
            BigInteger.valueOf(terms.gracePeriodMs()),
            BigInteger.valueOf(terms.parameterCount()),
            BigInteger.valueOf(terms.chunkValues()),
            terms.encoding().code(),
            BigInteger.valueOf(terms.adaptiveInterval()),
            Numeric.hexStringToByteArray(terms.layoutHash()),
            terms.limits().text());
    return send(
        what,
        contracts,
        contractCalls.createContract(
            terms.contract(),
            ChainOptions.checkedAddress("coordinator", coordinator),
            chainTerms,
            isOnChain(layout) ? layout.toString() : ""));
  }

  /**
   * Whether a layout's text stands on the chain. A longer one costs more than a block may, so only
   * its hash does, in the terms.
   */
  public static boolean isOnChain(ModelLayout layout) {
    return layout.toString().getBytes(UTF_8).length <= LONGEST_LAYOUT_BYTES;
  }

  /** Lets a site contribute; only the contract's owner may. Returns the transaction's hash. */
  public String enrolSite(String contract, String site, String siteName, int maxWeight) {
    return send(
        "enrol site " + siteName + " (" + site + ") in contract " + contract,
        contracts,
        contractCalls.enrolSite(
            idOf(contract),
            ChainOptions.checkedAddress("site", site),
            siteName,
            BigInteger.valueOf(maxWeight)));
  }

  /** Lets a site contribute no longer; only the contract's owner may. */
  public String removeSite(String contract, String site) {
    return send(
        "remove site " + site + " from contract " + contract,
        contracts,
        contractCalls.removeSite(idOf(contract), ChainOptions.checkedAddress("site", site)));
  }

  /** Names of all contracts, the oldest first. */
  public List<String> contracts() {
    List<String> names = new ArrayList<>();
    List<?> page;
    do {
      var call =
          contractCalls.contractNames(
              BigInteger.valueOf(names.size()), BigInteger.valueOf(NAMES_A_PAGE));
      page = (List<?>) contracts.view("list the contracts", call).getValue();
      page.forEach(name -> names.add((String) ((Type<?>) name).getValue()));
    } while (page.size() == NAMES_A_PAGE);
    return names;
  }

  /**
   * The terms of a contract; empty when there is no contract of that name.
   *
   * @throws ChainException also when terms stand there that cannot be served
   */
  public Optional<ContractTerms> readTerms(String contract) {
    String what = "read the terms of contract " + contract;
    return contracts
        .viewUnless("UnknownContract", what, contractCalls.termsOf(idOf(contract)))
        .map(value -> toTerms(what, contract, (TrainingContracts.Terms) value));
  }

  /**
   * The layout of a contract's model; empty when there is no contract of that name, or the layout
   * is too long for the chain: then the terms have its hash.
   */
  public Optional<ModelLayout> layout(String contract) {
    String what = "read the layout of contract " + contract;
    return contracts
        .viewUnless("UnknownContract", what, contractCalls.creationBlockOf(idOf(contract)))
        .flatMap(
            block ->
                layoutLoggedIn(what, ((BigInteger) block.getValue()).longValueExact(), contract));
  }

  /** Who owns a contract; empty when there is no contract of that name. */
  public Optional<String> owner(String contract) {
    return account("read the owner of " + contract, contractCalls.ownerOf(idOf(contract)));
  }

  /** Who anchors a contract's rounds; empty when there is no contract of that name. */
  public Optional<String> coordinator(String contract) {
    return account(
        "read the coordinator of " + contract, contractCalls.coordinatorOf(idOf(contract)));
  }

  /** The enrolled sites in the order of their addresses; none when there is no such contract. */
  public List<EnrolledSite> sites(String contract) {
    String what = "read the sites of contract " + contract;
    List<EnrolledSite> sites = new ArrayList<>();
    contracts
        .viewUnless("UnknownContract", what, contractCalls.sitesOf(idOf(contract)))
        .ifPresent(
            values -> {
              for (Object value : (List<?>) values.getValue()) {
                var site = (TrainingContracts.Site) value;
                sites.add(
                    new EnrolledSite(
                        site.account.toLowerCase(Locale.ROOT),
                        site.name,
                        site.maxWeight.intValueExact()));
              }
            });
    sites.sort(Comparator.comparing(EnrolledSite::address));
    return sites;
  }

  /**
   * Every enrolment that a contract has ever seen, in the chain's order, also of sites that were
   * removed since. Searches all blocks since the options' start block.
   */
  public List<EnrolledSite> enrolments(String contract) {
    String what = "read the enrolments of contract " + contract;
    long newest = newestBlock();
    List<EnrolledSite> sites = new ArrayList<>();
    for (long first = options.startBlock(); first <= newest; first += BLOCKS_A_PAGE) {
      EthFilter filter = filter(first, Math.min(newest, first + BLOCKS_A_PAGE - 1));
      filter.addSingleTopic(ContractLogs.ENROLLED);
      filter.addSingleTopic(Numeric.toHexString(idOf(contract)));
      for (Log log : logs(filter, what)) {
        var event = TrainingContracts.getSiteEnrolledEventFromLog(log);
        sites.add(
            new EnrolledSite(
                event.account.toLowerCase(Locale.ROOT),
                event.siteName,
                event.maxWeight.intValueExact()));
      }
    }
    return sites;
  }

  /** What the chain holds of a round; empty when it is not anchored. */
  public Optional<Anchor> anchor(String contract, long round) {
    return anchors.anchor(contract, round);
  }

  /**
   * Hash of the transaction that anchored a round; empty when it is not anchored. Searches all
   * blocks since the options' start block, which hosted nodes may limit.
   */
  public Optional<String> anchorTransaction(String contract, long round) {
    return anchors.transaction(contract, round);
  }

  /** The round of a contract to be anchored next; also how many are. */
  public long nextRound(String contract) {
    return anchors.nextRound(contract);
  }

  /**
   * Anchors a round; only the contract's coordinator may.
   *
   * @return hash of the transaction; empty when the same anchor stood there already and none was
   *     sent
   * @throws AnchorConflictException when a different anchor of the round stands there
   * @throws RoundGapException when an earlier round is not anchored
   */
  public Optional<String> anchorRound(Anchor anchor) {
    return anchors.anchorRound(anchor);
  }

  @Override
  public void close() {
    rpc.close();
  }

  /** Logs of TrainingContracts, first and last block inclusive, in the chain's order. */
  public List<Log> logs(long firstBlock, long lastBlock) {
    return logs(
        filter(firstBlock, lastBlock),
        "read the events of blocks " + firstBlock + " to " + lastBlock);
  }

  private List<Log> logs(EthFilter filter, String what) {
    List<Log> logs = new ArrayList<>();
    for (EthLog.LogResult<?> result : rpc.ask(what, rpc.web3j().ethGetLogs(filter)).getLogs()) {
      logs.add((Log) result.get());
    }
    logs.sort(Comparator.comparing(Log::getBlockNumber).thenComparing(Log::getLogIndex));
    return logs;
  }

  private EthFilter filter(long firstBlock, long lastBlock) {
    return new EthFilter(
        DefaultBlockParameter.valueOf(BigInteger.valueOf(firstBlock)),
        DefaultBlockParameter.valueOf(BigInteger.valueOf(lastBlock)),
        options.trainingContracts());
  }

  private Optional<ModelLayout> layoutLoggedIn(String what, long block, String contract) {
    EthFilter filter = filter(block, block);
    filter.addSingleTopic(ContractLogs.CREATED);
    filter.addSingleTopic(Numeric.toHexString(idOf(contract)));
    List<Log> logs = logs(filter, what);
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
          network(),
          terms.method,
          terms.minPeers.intValueExact(),
          terms.gracePeriodMs.longValueExact(),
          terms.parameterCount.longValueExact(),
          terms.chunkValues.intValueExact(),
          Encoding.named(terms.encoding),
          terms.adaptiveInterval.intValueExact(),
          Numeric.toHexStringNoPrefix(terms.layoutHash),
          new Limits(terms.limits));
    } catch (IllegalArgumentException e) {
      throw new ChainException(
          "could not " + what + ": they cannot be served: " + e.getMessage(), e);
    }
  }

  private Optional<String> account(String what, RemoteFunctionCall<?> call) {
    return contracts
        .viewUnless("UnknownContract", what, call)
        .map(value -> ((String) value.getValue()).toLowerCase(Locale.ROOT));
  }

  private String send(String what, SmartContract contract, RemoteFunctionCall<?> call) {
    if (transactions == null) {
      throw new IllegalStateException(
          "could not " + what + ": this client only reads; make it with ChainClient.signing");
    }
    TransactionReceipt receipt =
        transactions.send(what, chainId(), contract.address(), call.encodeFunctionCall());
    return receipt.getTransactionHash();
  }

  private long chainId() {
    Long known = chainId;
    if (known == null) {
      known =
          rpc.ask("ask for the chain id", rpc.web3j().ethChainId()).getChainId().longValueExact();
      chainId = known;
    }
    return known;
  }

  private String genesis() {
    String known = genesis;
    if (known == null) {
      String what = "ask for block 0, whose hash is a part of the network's name";
      EthBlock.Block block =
          rpc.ask(
                  what,
                  rpc.web3j()
                      .ethGetBlockByNumber(DefaultBlockParameter.valueOf(BigInteger.ZERO), false))
              .getBlock();
      if (block == null) {
        throw new ChainException(
            "could not "
                + what
                + ": the node at "
                + rpc.place()
                + " does not have it; ask a node that keeps old blocks");
      }
      known = Numeric.cleanHexPrefix(block.getHash()).toLowerCase(Locale.ROOT);
      genesis = known;
    }
    return known;
  }

  /** How the smart contracts know a training contract. */
  private static byte[] idOf(String contract) {
    return Hash.sha3(contract.getBytes(UTF_8));
  }
}
