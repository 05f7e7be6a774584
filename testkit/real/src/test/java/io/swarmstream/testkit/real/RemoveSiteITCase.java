package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.Enrolment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class RemoveSiteITCase {
  private static DevChain chain;

  @BeforeAll
  static void start() {
    chain = DevChain.shared();
  }

  @Test
  void refusesEverybodyButTheOwner() {
    String name = chain.newContract();
    chain.owner.administration().enrolSite(name, DevChain.site(1), "hospital-a", 1);

    assertThatThrownBy(() -> chain.stranger.administration().removeSite(name, DevChain.site(1)))
        .isInstanceOfSatisfying(
            ChainRefusalException.class, e -> assertThat(e.error()).isEqualTo("NotOwner"));
    assertThat(chain.owner.registry().sites(name)).hasSize(1);
  }

  @Test
  void refusesASiteThatIsNotEnrolled() {
    String name = chain.newContract();

    assertThatThrownBy(() -> chain.owner.administration().removeSite(name, DevChain.site(1)))
        .isInstanceOf(ChainRefusalException.class)
        .hasMessageContaining("site " + DevChain.site(1) + " is not enrolled");
  }

  @Test
  void leavesTheOthersAsTheyAre() {
    String name = chain.newContract();
    for (int i = 1; i <= 3; i++) {
      chain.owner.administration().enrolSite(name, DevChain.site(i), "site-" + i, i);
    }

    chain.owner.administration().removeSite(name, DevChain.site(1));
    chain.owner.administration().removeSite(name, DevChain.site(3));

    assertThat(chain.owner.registry().sites(name))
        .containsExactly(new Enrolment(DevChain.site(2), "site-2", 2));
  }

  @Test
  void freesAddressAndName() {
    String name = chain.newContract();
    chain.owner.administration().enrolSite(name, DevChain.site(1), "hospital-a", 1);
    chain.owner.administration().removeSite(name, DevChain.site(1));

    chain.owner.administration().enrolSite(name, DevChain.site(1), "hospital-a", 7);

    assertThat(chain.owner.registry().sites(name))
        .containsExactly(new Enrolment(DevChain.site(1), "hospital-a", 7));
  }
}
