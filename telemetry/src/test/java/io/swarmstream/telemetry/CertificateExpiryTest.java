package io.swarmstream.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class CertificateExpiryTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void isTheEndOfTheFirstCertificate() throws Exception {
    String chain = certificate("leaf", 10) + certificate("authority", 100);
    Files.writeString(folder.resolve("cert.pem"), chain);

    assertThat(CertificateExpiry.in(folder))
        .hasValueSatisfying(
            end ->
                assertThat(end)
                    .isCloseTo(
                        Instant.now().plus(Duration.ofDays(10)), within(5, ChronoUnit.MINUTES)));
  }

  @Test
  void isUnknownWithoutACertificate() throws Exception {
    assertThat(CertificateExpiry.in(folder)).isEmpty();

    Files.writeString(folder.resolve("cert.pem"), "no certificate");

    assertThat(CertificateExpiry.in(folder)).isEmpty();
  }

  private String certificate(String name, int days) throws Exception {
    Path store = folder.resolve(name + ".p12");
    keytool(
        "-genkeypair -alias k -keyalg EC -storetype PKCS12 -storepass changeit -keystore "
            + store
            + (" -dname CN=" + name + " -validity " + days));
    Path pem = folder.resolve(name + ".pem");
    keytool("-exportcert -rfc -alias k -storepass changeit -keystore " + store + " -file " + pem);
    return Files.readString(pem);
  }

  private void keytool(String options) throws Exception {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder((tool + " " + options).split(" "))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
