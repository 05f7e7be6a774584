package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.schemas.signing.SiteKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Convert;
import org.web3j.utils.Numeric;

/** Programs of one member, such as its network node and a shell, which share the account. */
class SharedAccountITCase {
  private static final int PROGRAMS = 4;
  private static final int EACH = 10;

  private final DevChain chain = DevChain.shared();

  @Test
  void programsThatSendAtOnceAllSucceed() throws Exception {
    SiteKey shared = chain.key(7);
    String payee = DevChain.site(4711);
    ExecutorService threads = Executors.newFixedThreadPool(PROGRAMS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < PROGRAMS; i++) {
        int first = i * EACH + 1;
        all.add(threads.submit(() -> pay(shared, payee, first)));
      }
      for (Future<?> one : all) {
        one.get(1, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
    try (ChainClient payeesClient = ChainClient.signing(chain.options, SiteKey.ofSeed(4711))) {
      int last = PROGRAMS * EACH;
      assertThat(payeesClient.balance()).isEqualTo(BigInteger.valueOf(last * (last + 1) / 2));
    }
  }

  /** What a node does with two transactions of one nonce: the one that pays more stays. */
  @Test
  void aTransactionThatAnotherReplacesIsSentAgain() throws Exception {
    SiteKey shared = chain.key(8);
    String payee = DevChain.site(4712);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (DevChain own = new DevChain();
        ChainClient client = ChainClient.signing(own.options, shared);
        ChainClient payeesClient = ChainClient.signing(own.options, SiteKey.ofSeed(4712))) {
      own.ask("evm_setAutomine", false);
      Future<String> paid = threads.submit(() -> client.pay(payee, BigInteger.ONE));
      own.awaitPending(1);
      RawTransaction dearer =
          RawTransaction.createTransaction(
              BigInteger.ZERO,
              Convert.toWei("100", Convert.Unit.GWEI).toBigIntegerExact(),
              BigInteger.valueOf(21_000),
              payee,
              BigInteger.TWO,
              "");
      Credentials credentials = Credentials.create(own.anvil.devKeys().get(8));
      byte[] signed = TransactionEncoder.signMessage(dearer, own.anvil.chainId(), credentials);
      own.ask("eth_sendRawTransaction", Numeric.toHexString(signed));
      own.ask("evm_mine");
      own.ask("evm_setAutomine", true);

      assertThat(paid.get(10, TimeUnit.SECONDS)).startsWith("0x");
      assertThat(payeesClient.balance()).isEqualTo(BigInteger.valueOf(1 + 2));
    } finally {
      threads.shutdownNow();
    }
  }

  /** Each amount once: the same transaction of two programs would be one. */
  private void pay(SiteKey account, String payee, int first) {
    try (ChainClient client = ChainClient.signing(chain.options, account)) {
      for (int wei = first; wei < first + EACH; wei++) {
        String unused = client.pay(payee, BigInteger.valueOf(wei));
      }
    }
  }
}
