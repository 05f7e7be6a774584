package io.swarmstream.clients.chain;

import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.schemas.signing.SiteKey;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the smart contracts through one Ethereum node. Creating it sends no request.
 *
 * <p>Its parts have one job each: {@link #registry} reads training contracts, {@link
 * #administration} changes them, {@link #anchors} reads and writes the anchors of rounds; in a
 * swarm with members, {@link #members} reads them, {@link #membership} changes them, and {@link
 * #tasks} reads and changes tasks. All methods throw {@link ChainException} or a subclass of it,
 * and none waits longer than the timeouts of the options. Safe for use by many threads.
 */
public final class ChainClient implements AutoCloseable {
  private final ChainOptions options;
  private final JsonRpc rpc;
  private final Network network;
  private final EventQuery events;
  private final ContractRegistry registry;
  private final ContractAdministration administration;
  private final AnchorLedger anchors;
  private final @Nullable MemberDirectory members;
  private final @Nullable MemberAdministration membership;
  private final @Nullable TaskBoard tasks;
  private final @Nullable Transactions transactions;
  private final AuditLog audit;

  private ChainClient(ChainOptions options, JsonRpc rpc, @Nullable SiteKey account) {
    this.options = options;
    this.rpc = rpc;
    this.network = new Network(rpc, options.trainingContracts());
    this.events = new EventQuery(rpc, List.of(options.trainingContracts()));
    this.transactions =
        account == null
            ? null
            : new Transactions(rpc, account.credentials(), options.timeouts().receipt());
    Sender sender = transactions == null ? Sender.NONE : Sender.of(transactions, network);
    this.registry = new ContractRegistry(rpc, network, events, options);
    this.administration =
        new ContractAdministration(rpc, network, registry, options.trainingContracts(), sender);
    this.anchors = new AnchorLedger(rpc, options, sender);
    this.audit = new AuditLog(rpc, options);
    String swarmMembers = options.swarmMembers();
    this.members = swarmMembers == null ? null : new MemberDirectory(rpc, network, swarmMembers);
    MemberDirectory directory = members;
    if (directory != null) {
      rpc.learnFrom(() -> networkNodes(directory));
    }
    this.membership =
        swarmMembers == null ? null : new MemberAdministration(rpc, swarmMembers, sender);
    String taskBoard = options.taskBoard();
    this.tasks = taskBoard == null ? null : new ChainTaskBoard(rpc, taskBoard, sender);
  }

  /** Returns a client that reads and cannot send transactions. */
  public static ChainClient reading(ChainOptions options) {
    return new ChainClient(options, JsonRpc.of(options), null);
  }

  /** Returns a client that signs its transactions with the key of this account. */
  public static ChainClient signing(ChainOptions options, SiteKey account) {
    return new ChainClient(options, JsonRpc.of(options), account);
  }

  /**
   * Returns a client of a node that is reached otherwise than by the options' address, which then
   * only names it.
   *
   * @param account signs the client's transactions; null for a client that reads
   */
  public static ChainClient over(
      RpcTransport transport, ChainOptions options, @Nullable SiteKey account) {
    return new ChainClient(
        options, new JsonRpc(JsonRpc.placeOf(options.rpcUrl()), transport), account);
  }

  /** JSON-RPC addresses of the network nodes that members have announced. */
  private static List<String> networkNodes(MemberDirectory members) {
    return members.nodes().stream()
        .filter(node -> node.kind().equals("network"))
        .map(node -> node.url() + "/rpc")
        .toList();
  }

  public ChainOptions options() {
    return options;
  }

  /** Reads training contracts: terms, layout, owner, coordinator, sites. */
  public ContractRegistry registry() {
    return registry;
  }

  /** Creates training contracts, enrols and removes sites. */
  public ContractAdministration administration() {
    return administration;
  }

  /** Reads and writes the anchors of rounds. */
  public AnchorLedger anchors() {
    return anchors;
  }

  /**
   * Reads the swarm's members.
   *
   * @throws IllegalStateException when the swarm has none
   */
  public MemberDirectory members() {
    return present(members);
  }

  /**
   * Changes the swarm's members.
   *
   * @throws IllegalStateException when the swarm has none
   */
  public MemberAdministration membership() {
    return present(membership);
  }

  /**
   * Reads and changes the swarm's tasks and taskrunners.
   *
   * @throws IllegalStateException when the swarm has no task board
   */
  public TaskBoard tasks() {
    present(members);
    if (tasks == null) {
      throw new IllegalStateException(
          "this swarm has no task board; it was set up by an earlier version: an admin runs"
              + " 'swarm network upgrade'");
    }
    return tasks;
  }

  /** Reads who did what to members, training contracts and tasks. */
  public AuditLog audit() {
    return audit;
  }

  /** A new replay of which key was bound to which account when. */
  public BoundKeys boundKeys() {
    return new BoundKeys(audit);
  }

  /** A new record of keys that were ever a member's. */
  public UsedKeys usedKeys() {
    return new UsedKeys(audit.startBlock(), rpc::newestBlock, audit::bound);
  }

  private static <T> T present(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException(
          "this swarm has no members: no address of SwarmMembers is known; give --swarm-members");
    }
    return part;
  }

  /** What the client's account has, in 10^-18 of the chain's currency. */
  public BigInteger balance() {
    return signing().balance();
  }

  /**
   * Pays an account.
   *
   * @param wei amount in 10^-18 of the chain's currency
   * @return hash of the transaction
   */
  public String pay(String account, BigInteger wei) {
    return signing()
        .pay(
            "pay " + account,
            network.chainId(),
            ChainOptions.checkedAddress("account", account),
            wei)
        .getTransactionHash();
  }

  private Transactions signing() {
    Transactions own = transactions;
    if (own == null) {
      throw new IllegalStateException("this client only reads; make it with ChainClient.signing");
    }
    return own;
  }

  /**
   * Where terms are registered: {@code eip155:chainId:hash of block 0:address of
   * TrainingContracts}. The chain id alone does not distinguish development chains, which share id,
   * accounts and addresses.
   */
  public String network() {
    return network.name();
  }

  /** Number of the newest block. */
  public long newestBlock() {
    return rpc.newestBlock();
  }

  /** When a block was made, as its sealer says. */
  public Instant blockTime(long number) {
    return rpc.blockTime(number);
  }

  /** Reads the raw logs of TrainingContracts. */
  public EventQuery events() {
    return events;
  }

  /** Also cancels requests in progress. */
  @Override
  public void close() {
    rpc.close();
  }
}
