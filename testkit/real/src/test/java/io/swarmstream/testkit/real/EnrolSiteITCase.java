package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.Privacy;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class EnrolSiteITCase {
  private static DevChain chain;

  @BeforeAll
  static void start() {
    chain = DevChain.shared();
  }

  @Test
  void refusesEverybodyButTheOwner() {
    String name = chain.newContract();

    assertThatThrownBy(
            () ->
                chain.stranger.administration().enrolSite(name, DevChain.site(1), "hospital-a", 1))
        .isInstanceOf(ChainRefusalException.class)
        .hasMessageContaining("enrol site hospital-a")
        .hasMessageContaining(chain.key(2).address())
        .hasMessageContaining("sign with the key of its owner " + chain.key(0).address());
  }

  @Test
  void refusesAnUnknownContract() {
    assertRefused("UnknownContract", "nowhere", DevChain.site(1), "hospital-a", 1);
  }

  @Test
  void refusesASiteThatIsEnrolled() {
    String name = chain.newContract();
    chain.owner.administration().enrolSite(name, DevChain.site(1), "hospital-a", 1);

    assertRefused("SiteAlreadyEnrolled", name, DevChain.site(1), "hospital-b", 1);
  }

  @Test
  void refusesANameThatAnotherSiteOfTheContractHas() {
    String name = chain.newContract();
    chain.owner.administration().enrolSite(name, DevChain.site(1), "hospital-a", 1);

    assertRefused("SiteNameTaken", name, DevChain.site(2), "hospital-a", 1);
  }

  @Test
  void refusesNamesWeightsAndAddressesOutOfRange() {
    String name = chain.newContract();

    assertRefused("LengthOutOfRange", name, DevChain.site(1), "", 1);
    assertRefused("LengthOutOfRange", name, DevChain.site(1), "n".repeat(65), 1);
    assertRefused("NumberOutOfRange", name, DevChain.site(1), "hospital-a", 0);
    assertRefused("ZeroAddress", name, "0x" + "0".repeat(40), "hospital-a", 1);
  }

  @Test
  void refusesAWeightThatThePrivacyOfTheContractForbids() {
    String name = "lungs-with-noise";
    ContractTerms terms = chain.terms(name).withPrivacy(Privacy.of("dp(clip=1,noise=4)"));
    chain.owner.administration().createContract(terms, DevChain.LAYOUT, chain.coordinatorAddress());

    assertThatThrownBy(
            () -> chain.owner.administration().enrolSite(name, DevChain.site(1), "hospital-a", 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxWeight of hospital-a is 2; give 1");
    chain.owner.administration().enrolSite(name, DevChain.site(1), "hospital-a", 1);
    assertThat(chain.owner.registry().sites(name)).hasSize(1);
  }

  @Test
  void listsSitesByAddress() {
    String name = chain.newContract();
    chain.owner.administration().enrolSite(name, DevChain.site(1), "hôpital-a", 100);
    chain
        .owner
        .administration()
        .enrolSite(name, DevChain.site(2), "n".repeat(64), Integer.MAX_VALUE);

    assertThat(chain.stranger.registry().sites(name))
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                new Enrolment(DevChain.site(1), "hôpital-a", 100),
                new Enrolment(DevChain.site(2), "n".repeat(64), Integer.MAX_VALUE)))
        .isSortedAccordingTo((a, b) -> a.address().compareTo(b.address()));
  }

  @Test
  void letsASiteIntoManyContracts() {
    String one = chain.newContract();
    String other = chain.newContract();
    chain.owner.administration().enrolSite(one, DevChain.site(1), "hospital-a", 1);
    chain.owner.administration().enrolSite(other, DevChain.site(1), "hospital-a", 2);

    assertThat(chain.owner.registry().sites(one))
        .extracting(Enrolment::maxWeight)
        .containsExactly(1);
    assertThat(chain.owner.registry().sites(other))
        .extracting(Enrolment::maxWeight)
        .containsExactly(2);
  }

  private static void assertRefused(
      String error, String contract, String site, String siteName, int maxWeight) {
    assertThatThrownBy(
            () -> chain.owner.administration().enrolSite(contract, site, siteName, maxWeight))
        .isInstanceOfSatisfying(
            ChainRefusalException.class, e -> assertThat(e.error()).isEqualTo(error));
  }
}
