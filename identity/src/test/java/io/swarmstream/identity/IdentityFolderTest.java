package io.swarmstream.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityFolderTest {
  @TempDir Path temp;
  private CertificateAuthority authority;
  private IdentityFolder folder;

  @BeforeEach
  void create() throws IOException {
    authority = CertificateAuthority.create(temp.resolve("authority"), "Hospital A");
    folder = IdentityFolder.at(temp.resolve("identity"));
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    Identity identity = authority.issueFor("site-1", List.of());
    assertThat(folder.exists()).isFalse();
    folder.write(identity);
    assertThat(folder.exists()).isTrue();
    assertThat(folder.readValid()).isEqualTo(identity);
    assertThat(folder.read().name()).isEqualTo("site-1");
    assertThat(folder.read().organisation()).isEqualTo("Hospital A");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.keyFile())))
        .isEqualTo("rw-------");
    assertThat(folder.path().resolve("next")).doesNotExist();
  }

  @Test
  void tellsKeysInNoText() {
    Identity identity = authority.issueFor("site-1", List.of());
    assertThat(identity.toString()).contains("CN=site-1", identity.keyHash());
    assertThat(identity.toString()).doesNotContain("PRIVATE", "sun.security.ec");
  }

  @Test
  void namesAMissingFile() throws IOException {
    assertThatThrownBy(folder::read)
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("identity/key.pem does not exist");
    folder.write(authority.issueFor("x", List.of()));
    Files.delete(folder.authoritiesFile());
    assertThatThrownBy(folder::read).hasMessageContaining("ca.pem does not exist");
  }

  @Test
  void namesAFileThatIsNone() throws IOException {
    folder.write(authority.issueFor("x", List.of()));
    Files.writeString(folder.certificateFile(), "hello");
    assertThatThrownBy(folder::read).hasMessageContaining("cert.pem contains no certificate");
    Files.writeString(folder.keyFile(), "hello");
    assertThatThrownBy(folder::read).hasMessageContaining("key.pem contains no private key");
  }

  @Test
  void refusesAKeyOfAnotherCertificate() throws IOException {
    Identity one = authority.issueFor("one", List.of());
    Identity two = authority.issueFor("two", List.of());
    Identity mixed = new Identity(one.key(), two.chain(), one.authorities());
    assertThatThrownBy(() -> folder.write(mixed)).hasMessageContaining("does not belong");
    folder.write(one);
    Files.writeString(folder.certificateFile(), Pem.of(two.chain()));
    assertThatThrownBy(folder::read)
        .hasMessageContaining(folder.path().toString())
        .hasMessageContaining("private key does not belong to the certificate");
  }

  @Test
  void refusesAnExpiredCertificateAndOneOfTheFuture() throws IOException {
    folder.write(at(Duration.ofDays(-100)).issueFor("x", List.of()));
    assertThat(folder.read().expiresWithin(Duration.ZERO)).isTrue();
    assertThatThrownBy(folder::readValid)
        .hasMessageContaining("expired at")
        .hasMessageContaining("10 days ago");
    folder.write(at(Duration.ofDays(2)).issueFor("x", List.of()));
    assertThatThrownBy(folder::readValid).hasMessageContaining("check this machine's clock");
  }

  private CertificateAuthority at(Duration fromNow) {
    return authority.withClock(Clock.fixed(Instant.now().plus(fromNow), ZoneOffset.UTC));
  }

  @Test
  void refusesACertificateOfAnotherAuthority() throws IOException {
    CertificateAuthority other = CertificateAuthority.create(temp.resolve("other"), "Hospital B");
    Identity foreign = other.issueFor("x", List.of());
    folder.write(foreign.withAuthorities(List.of(authority.certificate())));
    assertThatThrownBy(folder::readValid)
        .hasMessageContaining("does not end at one of the 1 authorities")
        .hasMessageContaining("Hospital B");
    folder.writeAuthorities(List.of(authority.certificate(), other.certificate()));
    assertThat(folder.readValid().authorities()).hasSize(2);
  }

  @Test
  void finishesWhatACrashedWriterBegan() throws IOException {
    Identity old = authority.issueFor("old", List.of());
    Identity renewed = authority.issueFor("renewed", List.of());
    IdentityFolder complete = IdentityFolder.at(temp.resolve("complete"));
    complete.write(renewed);
    folder.write(old);
    Files.move(complete.path(), folder.path().resolve("next")); // …and then, before the crash:
    Files.copy(
        folder.path().resolve("next/key.pem"),
        folder.keyFile(),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(folder.readValid()).isEqualTo(renewed);

    Identity third = authority.issueFor("third", List.of());
    folder.write(third);
    assertThat(folder.readValid()).isEqualTo(third);
    assertThat(folder.path().resolve("next")).doesNotExist();
  }

  @Test
  void showsNoReaderAKeyThatDoesNotFit() throws Exception {
    List<Identity> identities =
        List.of(authority.issueFor("one", List.of()), authority.issueFor("two", List.of()));
    folder.write(identities.get(0));
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> reads =
        CompletableFuture.supplyAsync(
            () -> {
              int count = 0;
              for (; !done.get(); count++) {
                assertThat(identities).contains(folder.readValid());
              }
              return count;
            });
    for (int i = 0; i < 40; i++) {
      folder.write(identities.get(i % 2));
    }
    done.set(true);
    assertThat(reads.get(20, TimeUnit.SECONDS)).isPositive();
  }
}
