package io.swarmstream.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.testkit.TestContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServableContractsTest {
  /** Whoever wrote them to the chain: commands and nodes refuse to. */
  @ParameterizedTest
  @CsvSource({
    "mean, topk:1, true",
    "geomedian, topk:0.5, true",
    "coordmedian, topk:1, false",
    "nnm+trimmedmean:1, topk:1, false",
    "coordmedian, int4, true",
    "trimmedmean:2, float32, false",
    "bulyan:1, float32, false",
    "no-such-method, float32, false"
  })
  void areThoseThatTheJobCanMerge(String method, DeltaEncoding encoding, boolean served) {
    TestContract contract = TestContract.of("c", method, 3, 3, 0).encoded(encoding);

    assertThat(new ServableContracts().filter(contract.events().get(0))).isEqualTo(served);
    assertThat(new ServableContracts().filter(contract.events().get(1))).isTrue();
  }
}
