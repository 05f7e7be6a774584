package io.swarmstream.lab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.swarmstream.network.chain.GethBinary;
import io.swarmstream.testkit.spire.Spire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three organisations, each with folders, keys and an authority of its own, by the commands of
 * docs/operate.md: they meet, train, lose the first network node for good, and go on. Then two
 * organisations with each other source of certificates, which do what depends on it.
 */
class NetworkITCase {
  @TempDir private Path folder;

  @BeforeEach
  void needsGeth() {
    assumeTrue(
        Boolean.getBoolean("swarm.geth.required") || GethBinary.find().isPresent(),
        "geth is missing: deploy/tools/get-geth builds it");
  }

  @Test
  void threeOrganisationsTrainAndLoseTheFirstNode() throws Exception {
    try (ThreeOrganisations swarm =
        new ThreeOrganisations(
            folder, Machines.onLoopback("127.0.0.1"), MemberIdentities.issued())) {
      swarm.begin();
      swarm.createContract("digits");
      swarm.joinNetwork("b");
      swarm.joinNetwork("c");
      swarm.joinSites("digits", "ward-a", "ward-b", "ward-c");
      swarm.watchAnchors("b", "digits");
      swarm.rounds(4);
      swarm.page("ward-a").read("digits", 4);
      swarm.renewAndRotate("ward-a", "ward-b");
      swarm.rounds(1);
      swarm.loseTheFirstNode();
      swarm.rounds(2);
      swarm.joinLateSite("b", "ward-late", "digits", 2);
      assertThat(swarm.verdict("b", "digits")).contains("ward-late", "9 of 9 rounds proven");
      experiments(swarm);
      new ReadingScene(swarm.node("b")).read("digits", 9);
      System.out.println("milliseconds of anchors behind their rounds: " + swarm.anchorLagsMs());
    }
  }

  private void experiments(ThreeOrganisations swarm) throws Exception {
    assertThat(swarm.experiments("b", "note", "digits", "three organisations", "--tag", "it"))
        .contains("Best loss", "three organisations", "Notes of org-b");
    assertThat(swarm.experiments("b", "list")).contains("digits", "running");
    Path file = folder.resolve("digits.csv");
    assertThat(swarm.experiments("b", "export", "digits", "-o", file.toString())).contains("bytes");
    assertThat(file).content().contains(",ward-late,0x");
  }

  /** Each organisation in a network of its own, if this user may make them. */
  @Test
  void twoTrainWithCertificatesOfTheirOwn() throws Exception {
    Optional<Namespaces> networks = Namespaces.make();
    train(
        networks.isPresent() ? networks.get() : Machines.onLoopback("127.0.0.1"),
        new FileIdentities(folder.resolve("authorities")));
  }

  @Test
  void twoTrainWithSpire() throws Exception {
    Optional<Path> programs = Spire.programs();
    assumeTrue(programs.isPresent(), Spire.MISSING);
    train(
        Machines.onLoopback("localhost"), // SPIRE issues no certificates for addresses
        new SpireIdentities(programs.get()));
  }

  /** Every wire with certificates that the swarm has not issued, before and after a renewal. */
  private void train(Machines machines, MemberIdentities identities) throws Exception {
    try (ThreeOrganisations swarm = new ThreeOrganisations(folder, machines, identities)) {
      swarm.begin();
      swarm.createContract("digits");
      swarm.joinNetwork("b");
      swarm.joinSites("digits", "ward-a", "ward-b");
      swarm.rounds(2);
      assertThat(swarm.refusal("b", "ward-x")).contains("end at one of the");
      swarm.renewAndRotate("ward-a", "ward-b");
      swarm.rounds(1);
      assertThat(swarm.verdict("b", "digits")).contains("ward-a", "ward-b", "3 of 3 rounds proven");
    }
  }

  static void say(String what, long beginNanos) {
    System.out.println(
        what + ": " + Duration.ofNanos(System.nanoTime() - beginNanos).toMillis() + " ms");
  }
}
