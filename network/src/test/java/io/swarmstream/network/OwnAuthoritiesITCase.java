package io.swarmstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.Authority;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.RpcTransport;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.CertificateRequest;
import io.swarmstream.identity.Identity;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.GethBinary;
import io.swarmstream.network.enrol.CertificatePolicy;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.network.proof.RoundVerifier;
import io.swarmstream.network.setup.NodePlan;
import io.swarmstream.network.setup.SentinelSetup;
import io.swarmstream.schemas.processes.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network node with certificates of its organisation, whose root and key are replaced. */
class OwnAuthoritiesITCase {
  private static final List<String> HOSTS = List.of("127.0.0.1");

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path temp;

  @Test
  void theSwarmLearnsOfANewRootAndOfANewKey() throws Exception {
    Assumptions.assumeTrue(
        Boolean.getBoolean("swarm.geth.required") || GethBinary.find().isPresent(),
        "geth is missing: deploy/tools/get-geth builds it");
    CertificateAuthority stranger = authority("stranger");
    CertificateAuthority first = authority("first");
    NetworkFolder folder = NetworkFolder.open(temp.resolve("node"));
    Identity brought = first.issueFor("org-a", HOSTS);
    folder.identity().write(trusting(brought, stranger, first));
    NodePlan plan =
        new NodePlan("org-a", "org-a", "127.0.0.1", FreePort.any(), FreePort.any(), null, null);
    EthereumNode ethereum = SentinelSetup.run(folder, plan, System.out::println);
    try (NetworkNode node =
        NetworkNode.start(
            folder, ethereum, "127.0.0.1", CertificatePolicy.of("site", 1), RoundVerifier.NONE)) {
      assertThat(registered(node))
          .as("the issuer, which is not the first that the node trusts")
          .containsExactly(fingerprint(first));

      CertificateAuthority second = authority("second");
      X509Certificate renewed = second.issue(CertificateRequest.renewal(brought), "org-a", HOSTS);
      Identity ofSecond = trusting(brought.withChain(List.of(renewed)), first, second);
      // The node keeps up with the swarm at first, and its files' follower with it.
      await()
          .during(Duration.ofSeconds(1))
          .atMost(SOON)
          .until(() -> !folder.identity().update(ofSecond));
      CertificateAuthority partner = authority("partner");
      // At once, before the node has looked at its own authorities by itself.
      assertThat(node.registerPartners(List.of(second.certificate(), partner.certificate())))
          .singleElement()
          .asString()
          .endsWith("are those of organisation partner");
      assertThat(organisations(node)).containsExactly("org-a", "org-a", "partner");

      CertificateAuthority third = authority("third");
      X509Certificate again = third.issue(CertificateRequest.renewal(brought), "org-a", HOSTS);
      Identity ofThird = trusting(brought.withChain(List.of(again)), first, second, third);
      await()
          .atMost(SOON)
          .until(
              () -> {
                // As a follower of the organisation's files does, which tries again.
                boolean unusedToo = folder.identity().update(ofThird);
                return registered(node);
              },
              List.of(
                      fingerprint(first),
                      fingerprint(second),
                      fingerprint(partner),
                      fingerprint(third))
                  ::equals);
      folder.identity().write(ofSecond);

      var unused = node.chain().membership().revokeAuthority(fingerprint(second));
      // The chain refuses to register it again, so that an attempt would throw.
      SwarmSnapshot now = SwarmSnapshot.read(node.chain());
      AtomicInteger asked = new AtomicInteger();
      RpcTransport counted =
          request -> {
            asked.incrementAndGet();
            return ethereum.call(request);
          };
      OwnAuthorities own =
          new OwnAuthorities(
              folder, ChainClient.over(counted, node.chain().options(), folder.account()), "org-a");
      own.register(now);
      assertThat(registered(node)).as("revoked stays revoked").doesNotContain(fingerprint(second));
      int before = asked.get();
      own.register(now);
      assertThat(asked).as("the chain is not asked about it again").hasValue(before);

      Identity another = first.issueFor("org-a", HOSTS);
      folder.identity().write(another);
      NodeBinding.renew(folder, node);
      assertThat(node.chain().members().byAccount(folder.account().address()).orElseThrow())
          .satisfies(member -> assertThat(member.keyHash()).isEqualTo(another.keyHash()));
    }
  }

  private CertificateAuthority authority(String name) throws IOException {
    return CertificateAuthority.create(temp.resolve(name), name);
  }

  private static Identity trusting(Identity identity, CertificateAuthority... authorities) {
    return identity.withAuthorities(
        List.of(authorities).stream().map(CertificateAuthority::certificate).toList());
  }

  private static List<String> registered(NetworkNode node) {
    return SwarmSnapshot.read(node.chain()).authorities().stream().map(Authority::hash).toList();
  }

  private static List<String> organisations(NetworkNode node) {
    return SwarmSnapshot.read(node.chain()).authorities().stream()
        .map(Authority::organisation)
        .toList();
  }

  private static String fingerprint(CertificateAuthority authority) {
    return Authorities.fingerprint(authority.certificate());
  }
}
