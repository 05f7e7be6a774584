package io.swarmstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.SigningKey;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.testkit.TestContract;
import io.swarmstream.testkit.TestSite;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnContractsTest {
  private static final String KEY = "1".repeat(64);
  private static final TestContract CONTRACT = TestContract.of("c", "mean", 1, 1, 30_000);

  private final OwnContracts filter = new OwnContracts(SigningKey.ofDevelopmentKey(KEY));

  @BeforeEach
  void open() {
    filter.open(DefaultOpenContext.INSTANCE);
  }

  @Test
  void letsInContractsThatNameThisJob() {
    assertThat(filter.filter(createdFor(SiteKey.ofHex(KEY).address()))).isTrue();
  }

  @Test
  void leavesOutContractsThatNameAnotherCoordinator() {
    assertThat(filter.filter(createdFor(TestSite.seeded(1).address()))).isFalse();
  }

  @Test
  void letsInAllElseThatHappensToContracts() {
    // Without its creation a contract is unknown to the graph, which passes over the rest of it.
    String site = CONTRACT.site(0).address();
    assertThat(filter.filter(ContractEvent.enrolled(2, 0, "c", site, "site-1", 100))).isTrue();
    assertThat(filter.filter(ContractEvent.removed(3, 0, "c", site))).isTrue();
  }

  private static ContractEvent createdFor(String coordinator) {
    return ContractEvent.created(1, 0, CONTRACT.terms(), coordinator);
  }
}
