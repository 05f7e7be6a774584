package io.swarmstream.cli.train;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ModelLayout;
import org.junit.jupiter.api.Test;

class AgreedTermsTest {
  private static ContractTerms terms(
      String method, int minPeers, long gracePeriodMs, DeltaEncoding encoding) {
    return new ContractTerms(
        "digits",
        "eip155:31337:0x00000000000000000000000000000000000000aa",
        method,
        minPeers,
        gracePeriodMs,
        1_000,
        100,
        encoding,
        ModelLayout.flat(1_000).hash().hex());
  }

  private static final ContractTerms AGREED = terms("mean", 2, 10_000, DeltaEncoding.FLOAT32);

  private static void refuses(ContractTerms asked, ContractTerms agreed, String... words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AgreedTerms.require(asked, agreed))
        .withMessageContainingAll(words);
  }

  @Test
  void letsATrainingGoOnThatAsksForTheSame() {
    assertThatCode(
            () -> AgreedTerms.require(terms("mean", 2, 10_000, DeltaEncoding.FLOAT32), AGREED))
        .doesNotThrowAnyException();
  }

  @Test
  void letsATrainingGoOnWithTheOptimizerThatItsContractHas() {
    assertThatCode(
            () -> AgreedTerms.require(AGREED, AGREED.withOptimizer(Optimizer.of("nesterov"))))
        .doesNotThrowAnyException();
  }

  @Test
  void letsATrainingGoOnWithThePrivacyThatItsContractHas() {
    ContractTerms agreed = AGREED.withPrivacy(Privacy.of("dp(clip=1,noise=1)"));

    assertThatCode(() -> AgreedTerms.require(AGREED, agreed)).doesNotThrowAnyException();
  }

  @Test
  void letsATrainingGoOnWithThePayloadHashThatItsContractHas() {
    assertThatCode(() -> AgreedTerms.require(AGREED, AGREED.withPayloadHash(PayloadHash.SHA_256)))
        .doesNotThrowAnyException();
  }

  @Test
  void namesTheOptionBothValuesAndTheWayOut() {
    refuses(
        terms("mean", 2, 10_000, DeltaEncoding.INT8),
        AGREED,
        "--encoding is int8",
        "contract digits is there already with float32",
        "give --encoding float32, or another --contract");
    refuses(
        terms("geomedian", 2, 10_000, DeltaEncoding.FLOAT32),
        AGREED,
        "--merge is geomedian",
        "mean");
    refuses(terms("mean", 3, 10_000, DeltaEncoding.FLOAT32), AGREED, "--min-peers is 3", "with 2");
    refuses(
        AGREED,
        terms("mean", 2, 1_500, DeltaEncoding.FLOAT32),
        "--grace-seconds is 10, but",
        "with 1.5");
  }

  @Test
  void refusesAContractOfAnotherModelOrPace() {
    refuses(
        AGREED,
        AGREED.withAdaptiveInterval(32),
        "1000 parameters in chunks of 100 and adaptive",
        "give another --contract");
  }
}
