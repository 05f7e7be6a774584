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

  /** Each amount once: the same transaction of two programs would be one. */
  private void pay(SiteKey account, String payee, int first) {
    try (ChainClient client = ChainClient.signing(chain.options, account)) {
      for (int wei = first; wei < first + EACH; wei++) {
        String unused = client.pay(payee, BigInteger.valueOf(wei));
      }
    }
  }
}
