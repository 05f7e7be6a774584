package io.swarmstream.testkit.real;

import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainDeployment;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.embedded.Anvil;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.http.HttpService;

/** A development chain with the contracts deployed, an owner, a coordinator and a stranger. */
public final class DevChain implements AutoCloseable {
  public static final ModelLayout LAYOUT = ModelLayout.parse("dense:3x2\nbias:2");

  private static final AtomicInteger NAMES = new AtomicInteger();

  public final Anvil anvil;
  public final ChainOptions options;
  public final ChainClient owner;
  public final ChainClient coordinator;
  public final ChainClient stranger;

  /**
   * A chain shared by all tests of this JVM that neither stop its node nor depend on the absence of
   * other contracts. Its node ends with the JVM.
   */
  public static DevChain shared() {
    return Shared.CHAIN;
  }

  private static final class Shared {
    static final DevChain CHAIN = new DevChain();
  }

  public DevChain() {
    this(Anvil.Options.DEFAULT);
  }

  public DevChain(Anvil.Options anvilOptions) {
    anvil = Anvil.start(anvilOptions);
    options =
        ChainDeployment.deploy(anvil.url(), key(9))
            .withPollInterval(Duration.ofMillis(20))
            .withTimeouts(new ChainOptions.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(10)));
    owner = ChainClient.signing(options, key(0));
    coordinator = ChainClient.signing(options, key(1));
    stranger = ChainClient.signing(options, key(2));
  }

  public SiteKey key(int account) {
    return SiteKey.ofHex(anvil.devKeys().get(account));
  }

  public String coordinatorAddress() {
    return key(1).address();
  }

  /** Address of a site that has not been used before. */
  public static String site(long seed) {
    return SiteKey.ofSeed(seed).address();
  }

  public ContractTerms terms(String contract) {
    return terms(contract, owner.network());
  }

  /** Terms for another deployment of the smart contracts on this chain. */
  public ContractTerms terms(String contract, String network) {
    return new ContractTerms(
        contract,
        network,
        "geomedian",
        3,
        30_000,
        LAYOUT.parameterCount(),
        4,
        DeltaEncoding.INT8,
        128,
        LAYOUT.hash().hex(),
        new Limits("share=1/2;norm=median*100"),
        PayloadHash.BLAKE3);
  }

  /** Creates a contract with an unused name and returns the name. */
  public String newContract() {
    String name = "contract-" + NAMES.incrementAndGet();
    owner.administration().createContract(terms(name), LAYOUT, coordinatorAddress());
    return name;
  }

  public static Anchor anchor(String contract, long round, String record) {
    return new Anchor(
        contract,
        round,
        Hash.sha256(record.getBytes(StandardCharsets.UTF_8)).hex(),
        Hash.sha256(("model of " + record).getBytes(StandardCharsets.UTF_8)).hex());
  }

  /** Sends the node a request that only development nodes support. */
  public Object ask(String method, Object... parameters) throws Exception {
    Response<Object> response =
        new Request<>(method, List.of(parameters), new HttpService(anvil.url()), AnyResponse.class)
            .send();
    if (response.hasError()) {
      throw new IllegalStateException(method + ": " + response.getError().getMessage());
    }
    return response.getResult();
  }

  /** Runs actions that each send a transaction; all transactions end up in one block, in order. */
  public void inOneBlock(List<Runnable> actions) throws Exception {
    ask("evm_setAutomine", false);
    List<Thread> waiting = new ArrayList<>();
    for (Runnable action : actions) {
      Thread thread = new Thread(action);
      thread.start();
      waiting.add(thread);
      awaitPending(waiting.size());
    }
    ask("evm_mine");
    ask("evm_setAutomine", true);
    for (Thread thread : waiting) {
      thread.join(10_000);
    }
  }

  /** Waits until so many transactions are in the node's pool, ready for a block. */
  public void awaitPending(int count) {
    await(count + " transactions in the node's pool")
        .pollInterval(Duration.ofMillis(5))
        .until(() -> ask("txpool_status").toString().contains("pending=0x" + count));
  }

  public static final class AnyResponse extends Response<Object> {}

  @Override
  public void close() {
    owner.close();
    coordinator.close();
    stranger.close();
    anvil.close();
  }
}
