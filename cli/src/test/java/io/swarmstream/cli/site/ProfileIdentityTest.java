package io.swarmstream.cli.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.identity.OwnCertificates;
import io.swarmstream.tasks.definitions.AgentProfile;
import io.swarmstream.tasks.definitions.SiteProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileIdentityTest {
  @TempDir private Path folder;

  /** As HPE's examples: all sites of a host with one certificate. */
  private List<SiteProfile> sites() {
    String site =
        """
            - slnodedef :
                idx : %%d
                identity :
                    - attribute : {aType : KEY, mType : BIND, src : "%1$s/sl-1-key.pem"}
                    - attribute : {aType : CERT, mType : BIND, src : "%1$s/sl-1-cert.pem"}
                    - attribute : {aType : CAPATH, mType : BIND, src : "%1$s/ca"}
        """
            .formatted(folder);
    return AgentProfile.parse(
            "p.yaml", "groupname : mine\nnodes :\n" + site.formatted(0) + site.formatted(1))
        .sites();
  }

  @Test
  void isOfOneSite() throws IOException {
    ProfileIdentity identities = new ProfileIdentity();
    assertThat(identities.certificates(sites().get(0)).key())
        .isEqualTo(folder.resolve("sl-1-key.pem"));
    assertThatThrownBy(() -> identities.certificates(sites().get(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("idx 0 and 1 have one identity, " + folder.resolve("sl-1-key.pem"))
        .hasMessageContaining("or make " + folder.resolve("sl-1-1-key.pem"))
        .hasMessageContaining("join the site by an invitation");
  }

  @Test
  void hasTheIndexInItsNameWhereSeveralSitesHaveOne() throws IOException {
    Files.writeString(folder.resolve("sl-1-1-key.pem"), "key");
    ProfileIdentity identities = new ProfileIdentity();
    var unused = identities.certificates(sites().get(0));
    OwnCertificates second = identities.certificates(sites().get(1));
    assertThat(second.key()).isEqualTo(folder.resolve("sl-1-1-key.pem"));
    assertThat(second.certificate()).isEqualTo(folder.resolve("sl-1-1-cert.pem"));
  }

  @Test
  void aSocketIsOfOneSite() {
    List<SiteProfile> sites =
        AgentProfile.parse(
                "p.yaml",
                """
                groupname : mine
                nodes :
                    - slnodedef : {idx : 0, identity : [{aType : SPIFFE_SOCKETPATH, src : /a.sock}]}
                    - slnodedef : {idx : 1, identity : [{aType : SPIFFE_SOCKETPATH, src : /a.sock}]}
                """)
            .sites();
    ProfileIdentity identities = new ProfileIdentity();
    assertThat(identities.of(sites.get(0))).isNotNull();
    assertThatThrownBy(() -> identities.of(sites.get(1))).hasMessageContaining("/a.sock");
  }
}
