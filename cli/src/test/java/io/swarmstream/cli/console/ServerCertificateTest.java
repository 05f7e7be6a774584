package io.swarmstream.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.web.ApiServer;
import io.swarmstream.web.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {
  @TempDir Path temp;
  private CertificateAuthority authority;

  @BeforeEach
  void create() throws IOException {
    authority = CertificateAuthority.create(temp.resolve("authority"), "Hospital A");
  }

  private IdentityFolder identity(String name, String host) throws IOException {
    IdentityFolder folder = IdentityFolder.at(temp.resolve(name));
    folder.write(authority.issueFor(name, List.of(host)));
    return folder;
  }

  private static ApiServer server(IdentityFolder identity) {
    return ApiServer.start(
        new Place("127.0.0.1", 0),
        ReloadingTls.of(identity).context(),
        (route, credentials) -> "",
        List.of());
  }

  @Test
  void isToldAsBrowsersTellIt() throws IOException {
    IdentityFolder node = identity("node", "127.0.0.1");
    try (ApiServer server = server(node)) {
      String told =
          ServerCertificate.fingerprint(
              server.uri(), ReloadingTls.of(identity("member", "member")).context());
      assertThat(told).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
      assertThat(told.replace(":", "").toLowerCase(Locale.ROOT))
          .isEqualTo(Authorities.fingerprint(node.read().leaf()));
    }
  }

  @Test
  void ofAnotherMemberIsNotToldAsTheNodes() throws IOException {
    try (ApiServer other = server(identity("other", "other.example"))) {
      assertThatThrownBy(
              () ->
                  ServerCertificate.fingerprint(
                      other.uri(), ReloadingTls.of(identity("member", "member")).context()))
          .isInstanceOf(SSLException.class);
    }
  }
}
