package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.contracts.TrainingContracts;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.protocol.core.methods.response.Log;

@SuppressWarnings("NullAway.Init")
class CreateContractITCase {
  private static DevChain chain;
  private static RawCalls raw;

  @BeforeAll
  static void start() {
    chain = DevChain.shared();
    raw = new RawCalls(chain);
  }

  @AfterAll
  static void stop() {
    raw.close();
  }

  @Test
  void refusesANameThatIsTaken() {
    String name = chain.newContract();

    assertRefused(
            "ContractAlreadyExists",
            () ->
                chain
                    .stranger
                    .administration()
                    .createContract(chain.terms(name), DevChain.LAYOUT, chain.coordinatorAddress()))
        .hasMessageContaining(name)
        .hasMessageContaining(chain.key(0).address());
  }

  @Test
  void refusesNamesThatAreEmptyOrTooLong() {
    assertRefused("LengthOutOfRange", () -> raw.create("", terms("mean", 1, 0, 8, 4)))
        .hasMessageContaining("name has 0 bytes; it takes 1 to 200");
    assertRefused("LengthOutOfRange", () -> raw.create("n".repeat(201), terms("mean", 1, 0, 8, 4)));
  }

  @Test
  void refusesTermsThatNoReaderCanHold() {
    assertRefused("LengthOutOfRange", () -> raw.create("a", terms("", 1, 0, 8, 4)));
    assertRefused("LengthOutOfRange", () -> raw.create("a", terms("m".repeat(33), 1, 0, 8, 4)));
    assertRefused("NumberOutOfRange", () -> raw.create("a", terms("mean", 0, 0, 8, 4)))
        .hasMessageContaining("minPeers is 0; it goes from 1 to 2147483647");
    assertRefused("NumberOutOfRange", () -> raw.create("a", terms("mean", 1L << 31, 0, 8, 4)));
    assertRefused("NumberOutOfRange", () -> raw.create("a", terms("mean", 1, 0, 0, 4)));
    assertRefused("NumberOutOfRange", () -> raw.create("a", terms("mean", 1, 0, 8, 0)));
    assertRefused("NumberOutOfRange", () -> raw.create("a", terms("mean", 1, 0, 8, 1L << 31)));
    BigInteger tooLong = BigInteger.ONE.shiftLeft(63);
    TrainingContracts.Terms grace = terms("mean", 1, 0, 8, 4);
    assertRefused(
            "NumberOutOfRange",
            () ->
                raw.create(
                    "a",
                    new TrainingContracts.Terms(
                        "mean",
                        BigInteger.ONE,
                        tooLong,
                        BigInteger.TEN,
                        BigInteger.TEN,
                        "float32",
                        BigInteger.ZERO,
                        grace.layoutHash,
                        "",
                        "blake3",
                        "",
                        "")))
        .hasMessageContaining("gracePeriodMs");
  }

  @Test
  void refusesAnEncodingWithoutANameOrWithTooLongAOne() {
    assertRefused("LengthOutOfRange", () -> raw.create("a", RawCalls.termsEncoded("")))
        .hasMessageContaining("encoding has 0 bytes; it takes 1 to 32");
    assertRefused("LengthOutOfRange", () -> raw.create("a", RawCalls.termsEncoded("e".repeat(33))));
  }

  @Test
  void refusesAnIntervalThatLeavesNoRoomToGrow() {
    assertRefused("NumberOutOfRange", () -> raw.create("a", RawCalls.termsAdaptive(1_000_001)))
        .hasMessageContaining("adaptiveInterval is 1000001; it goes from 0 to 1000000");
  }

  @Test
  void refusesLimitsThatAreTooLong() {
    assertRefused("LengthOutOfRange", () -> raw.create("a", RawCalls.termsLimited("l".repeat(65))))
        .hasMessageContaining("limits has 65 bytes");
  }

  /** As of a method that nobody knows, it is the readers who say. */
  @Test
  void takesLimitsThatNoReaderUnderstandsAndNoReaderServesThem() {
    raw.create("strange-limits", RawCalls.termsLimited("share=2/4"));

    assertThatThrownBy(() -> chain.stranger.registry().terms("strange-limits"))
        .isInstanceOf(ChainException.class)
        .hasMessageContaining("cannot be served")
        .hasMessageContaining("share=1/2");
  }

  @Test
  void refusesAPayloadHashWithoutANameOrWithTooLongAOne() {
    assertRefused("LengthOutOfRange", () -> raw.create("a", RawCalls.termsHashed("")))
        .hasMessageContaining("payloadHash has 0 bytes; it takes 1 to 32");
    assertRefused("LengthOutOfRange", () -> raw.create("a", RawCalls.termsHashed("h".repeat(33))));
  }

  @Test
  void takesAPayloadHashThatNoReaderKnowsAndNoReaderServesIt() {
    raw.create("strange-hash", RawCalls.termsHashed("md5"));

    assertThatThrownBy(() -> chain.stranger.registry().terms("strange-hash"))
        .isInstanceOf(ChainException.class)
        .hasMessageContaining("cannot be served")
        .hasMessageContaining("known are [blake3, sha-256]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "nesterov", "adam:lr=0.02,tau=0.00001"})
  void keepsTheOptimizer(String optimizer) {
    ContractTerms terms =
        chain
            .terms("optimized-by-" + optimizer.split(":", 2)[0])
            .withOptimizer(Optimizer.of(optimizer));

    chain.owner.administration().createContract(terms, DevChain.LAYOUT, chain.coordinatorAddress());

    assertThat(chain.stranger.registry().terms(terms.contract())).contains(terms);
  }

  @Test
  void refusesATooLongOptimizerAndServesNoneThatItDoesNotKnow() {
    assertRefused(
        "LengthOutOfRange", () -> raw.create("a", RawCalls.termsOptimized("o".repeat(97))));
    raw.create("strange-optimizer", RawCalls.termsOptimized("lion:lr=1"));

    assertThatThrownBy(() -> chain.stranger.registry().terms("strange-optimizer"))
        .isInstanceOf(ChainException.class)
        .hasMessageContaining("cannot be served")
        .hasMessageContaining("there is no optimizer 'lion'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "dp(clip=0.5,noise=1.1)", "dp(clip=1,noise=2)+masked(range=20)"})
  void keepsThePrivacy(String privacy) {
    ContractTerms terms =
        chain
            .terms("private-by-" + privacy.length())
            .withOptimizer(Optimizer.of("nesterov"))
            .withPrivacy(Privacy.of(privacy));

    chain.owner.administration().createContract(terms, DevChain.LAYOUT, chain.coordinatorAddress());

    assertThat(chain.stranger.registry().terms(terms.contract())).contains(terms);
  }

  @Test
  void refusesTooLongPrivacyAndServesNoneThatItDoesNotKnow() {
    assertRefused(
        "LengthOutOfRange", () -> raw.create("a", RawCalls.termsPrivate("p".repeat(129))));
    raw.create("strange-privacy", RawCalls.termsPrivate("hidden(well)"));

    assertThatThrownBy(() -> chain.stranger.registry().terms("strange-privacy"))
        .isInstanceOf(ChainException.class)
        .hasMessageContaining("cannot be served")
        .hasMessageContaining("there is no privacy 'hidden'");
  }

  @ParameterizedTest
  @EnumSource
  void keepsThePayloadHash(PayloadHash hash) {
    ContractTerms terms = chain.terms("hashed-by-" + hash.code()).withPayloadHash(hash);

    chain.owner.administration().createContract(terms, DevChain.LAYOUT, chain.coordinatorAddress());

    assertThat(chain.stranger.registry().terms(terms.contract())).contains(terms);
  }

  @Test
  void refusesALayoutThatIsNotTheOneOfTheTerms() {
    assertRefused("LayoutMismatch", () -> raw.create("a", terms("mean", 1, 0, 8, 4), "dense:2x4"))
        .hasMessageContaining(Hash.sha256("dense:2x4".getBytes(StandardCharsets.UTF_8)).hex());
  }

  @Test
  void keepsOnlyTheHashOfALayoutThatIsTooLongForATransaction() {
    ModelLayout large =
        new ModelLayout(
            IntStream.range(0, 100_000)
                .mapToObj(
                    index ->
                        new TensorShape(
                            "model.encoder.layers.%05d.mixture_of_experts.expert.weight"
                                .formatted(index),
                            List.of(2L)))
                .toList());
    ContractTerms small = chain.terms("large");
    ContractTerms terms =
        new ContractTerms(
            "large",
            small.network(),
            "mean",
            2,
            1000,
            large.parameterCount(),
            1000,
            DeltaEncoding.FLOAT32,
            large.hash().hex());

    chain.owner.administration().createContract(terms, large, chain.coordinatorAddress());

    assertThat(chain.stranger.registry().terms("large")).contains(terms);
    assertThat(chain.stranger.registry().layout("large")).isEmpty();
  }

  @Test
  void refusesACoordinatorThatIsNobody() {
    String nobody = "0x" + "0".repeat(40);

    assertRefused(
            "ZeroAddress",
            () ->
                chain
                    .owner
                    .administration()
                    .createContract(chain.terms("nobodys"), DevChain.LAYOUT, nobody))
        .hasMessageContaining("coordinator is the zero address");
  }

  @Test
  void refusesTermsOfAnotherNetworkBeforeTheChainSeesThem() {
    ContractTerms terms =
        new ContractTerms(
            "a",
            "eip155:1:0x0",
            "mean",
            1,
            0,
            8,
            4,
            DeltaEncoding.FLOAT32,
            DevChain.LAYOUT.hash().hex());

    assertThatThrownBy(
            () ->
                chain
                    .owner
                    .administration()
                    .createContract(terms, DevChain.LAYOUT, chain.coordinatorAddress()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eip155:1:0x0")
        .hasMessageContaining(chain.owner.network());
  }

  @Test
  void refusesALayoutOfAnotherSizeBeforeTheChainSeesIt() {
    assertThatThrownBy(
            () ->
                chain
                    .owner
                    .administration()
                    .createContract(
                        chain.terms("a"), ModelLayout.flat(9), chain.coordinatorAddress()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 9 parameters")
        .hasMessageContaining("say 8");
  }

  @Test
  void keepsTermsLayoutAndRoles() {
    String name = chain.newContract();

    assertThat(chain.stranger.registry().terms(name)).contains(chain.terms(name));
    assertThat(chain.stranger.registry().layout(name)).contains(DevChain.LAYOUT);
    assertThat(chain.stranger.registry().owner(name)).contains(chain.key(0).address());
    assertThat(chain.stranger.registry().coordinator(name)).contains(chain.coordinatorAddress());
    assertThat(chain.stranger.registry().sites(name)).isEmpty();
  }

  @Test
  void saysEverythingInItsEvent() {
    String name = chain.newContract();

    long block = chain.owner.newestBlock();
    List<Log> logs = chain.owner.events().logs("read the test's events", block, block);
    assertThat(logs).hasSize(1);
    var event = TrainingContracts.getContractCreatedEventFromLog(logs.get(0));
    assertThat(event.name).isEqualTo(name);
    assertThat(event.layoutText).isEqualTo(DevChain.LAYOUT.toString());
    assertThat(event.owner).isEqualTo(chain.key(0).address());
    assertThat(event.coordinator).isEqualTo(chain.coordinatorAddress());
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String error, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ChainRefusalException.class, e -> assertThat(e.error()).isEqualTo(error));
  }

  private static TrainingContracts.Terms terms(
      String method, long minPeers, long gracePeriodMs, long parameterCount, long chunkValues) {
    return RawCalls.terms(method, minPeers, gracePeriodMs, parameterCount, chunkValues);
  }
}
