package io.swarmstream.licence;

import static io.swarmstream.licence.TestLicences.entitlement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class LicenceTextTest {
  private static final Entitlement ONE = entitlement("2026-11-01T00:00:00Z", "2027-12-31");
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00.5Z");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "EC"})
  void isReadByWhoeverKnowsItsIssuer(String algorithm) {
    KeyPair issuer = TestLicences.key(algorithm);
    String text = LicenceText.sign(ONE, issuer.getPrivate());
    PublicKey stranger = TestLicences.key(algorithm).getPublic();

    assertThat(LicenceText.verify(text, List.of(stranger, issuer.getPublic()))).isEqualTo(ONE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LicenceText.verify(text, List.of(stranger)))
        .withMessageContaining("none of the 1 issuers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LicenceText.verify(text, List.of()))
        .withMessageContaining("--issuer");
  }

  @Test
  void isRefusedWhenABitOfItHasChanged() {
    KeyPair issuer = TestLicences.ISSUER;
    String[] parts = LicenceText.sign(ONE, issuer.getPrivate()).split("\\.", -1);
    String more =
        new String(Base64.getUrlDecoder().decode(parts[1]), java.nio.charset.StandardCharsets.UTF_8)
            .replace("\"sl\":2", "\"sl\":9");
    String forged =
        parts[0]
            + "."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(more.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            + "."
            + parts[2];

    assertThat(more).contains("\"sl\":9");
    for (String wrong :
        List.of(
            forged,
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1],
            "",
            "a.b.c",
            "..")) {
      assertThatIllegalArgumentException()
          .as(wrong)
          .isThrownBy(() -> LicenceText.verify(wrong, List.of(issuer.getPublic())));
    }
  }

  @Test
  void comesFromAFileThatPeopleWrite() throws IOException {
    Path file = folder.resolve("entitlement.yaml");
    Files.writeString(
        file,
        """
        study: covid-ct
        until: 2027-12-31
        organisations:
          - {name: hospital-a, sn: 1, sl: 2}
          - name: hospital-b
            sl: 1
        """);

    assertThat(EntitlementFile.read(file, NOW))
        .isEqualTo(entitlement("2026-11-28T12:00:00Z", "2027-12-31"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "study: s|until",
        "study: s\nuntil: soon\norganisations: [{name: a}]|2027-12-31",
        "study: s\nuntil: 2027-12-31|organisations",
        "study: s\nuntil: 2027-12-31\norganisations: [{name: a}, {name: a}]|twice",
        "study: s\nuntil: 2027-12-31\norganisations: [{name: a, sl: -1}]|0 or more",
        "study: s\nuntil: 2027-12-31\norganisations: [{name: a, gpu: 1}]|gpu",
        "until: 2027-12-31\norganisations: [{name: a}]|study",
        "just text|no entitlement"
      })
  void saysWhatIsWrongWithTheFile(String textAndPart) throws IOException {
    Path file = folder.resolve("entitlement.yaml");
    String text = textAndPart.substring(0, textAndPart.lastIndexOf('|'));
    Files.writeString(file, text);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntitlementFile.read(file, NOW))
        .withMessageContainingAll(
            file.toString(), textAndPart.substring(textAndPart.lastIndexOf('|') + 1));
  }

  @Test
  void isSignedByAKeyThatItsOwnerAloneCanRead() throws IOException {
    Path file = folder.resolve("issuer.pem");
    Path publicFile = IssuerKeys.create(file);
    assertThat(publicFile).hasFileName("issuer.pub.pem");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Assertions.assertThatThrownBy(() -> IssuerKeys.create(file))
        .isInstanceOf(FileAlreadyExistsException.class);

    String text = LicenceText.sign(ONE, IssuerKeys.privateKey(file));

    assertThat(LicenceText.verify(text, List.of(IssuerKeys.publicKey(publicFile)))).isEqualTo(ONE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IssuerKeys.privateKey(file))
        .withMessageContaining("chmod 600");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IssuerKeys.publicKey(file))
        .withMessageContaining("BEGIN PUBLIC KEY");
  }
}
