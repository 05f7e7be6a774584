package io.swarmstream.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptor;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {
  private static final char[] PASSWORD = "tiger".toCharArray();

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void readsWhatItWrites(String kind) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(kind).generateKeyPair();
    String pem = PrivateKeys.pem(pair.getPrivate());
    assertThat(pem).startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThat(PrivateKeys.isPair(PrivateKeys.read(pem, "f", null), pair.getPublic())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void readsTheTraditionalFormsOfOpenSsl(String kind) throws Exception {
    KeyPair pair = traditional(kind);
    String plain = pem(pair, null);
    assertThat(plain).startsWith("-----BEGIN " + kind + " PRIVATE KEY-----");
    assertThat(PrivateKeys.isPair(PrivateKeys.read(plain, "f", null), pair.getPublic())).isTrue();
    String encrypted =
        pem(
            pair,
            new JcePEMEncryptorBuilder("AES-256-CBC")
                .setProvider(new BouncyCastleProvider())
                .build(PASSWORD));
    assertThat(encrypted).contains("Proc-Type: 4,ENCRYPTED");
    assertThat(PrivateKeys.isPair(PrivateKeys.read(encrypted, "f", PASSWORD), pair.getPublic()))
        .isTrue();
    assertThatThrownBy(() -> PrivateKeys.read(encrypted, "f", null))
        .hasMessageContaining("f is encrypted and no password is given");
  }

  /** Bouncy Castle writes EC keys as OpenSSL does, with the curve; those of Java lack it. */
  private static KeyPair traditional(String kind) throws Exception {
    return kind.equals("EC")
        ? curve("secp256r1")
        : KeyPairGenerator.getInstance(kind).generateKeyPair();
  }

  private static KeyPair curve(String name) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
    generator.initialize(new ECGenParameterSpec(name));
    return generator.generateKeyPair();
  }

  private static String pem(KeyPair pair, @Nullable PEMEncryptor with) throws Exception {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      if (with == null) {
        writer.writeObject(pair);
      } else {
        writer.writeObject(pair, with);
      }
    }
    return text.toString();
  }

  @Test
  void readsEncryptedPkcs8ThatJavaAndKafkaCannot() throws Exception {
    KeyPair pair = CertificateRequest.newKey();
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(
          new JcaPKCS8Generator(
              pair.getPrivate(),
              new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                  .setProvider(new BouncyCastleProvider())
                  .setPassword(PASSWORD)
                  .setRandom(new SecureRandom())
                  .build()));
    }
    String pem = text.toString();
    assertThat(pem).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
    assertThat(PrivateKeys.read(pem, "f", PASSWORD)).isEqualTo(pair.getPrivate());
    assertThatThrownBy(() -> PrivateKeys.read(pem, "f", "lion".toCharArray()))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("f cannot be decrypted");
  }

  @Test
  void skipsTheParametersInFrontOfOpenSslsEcKeys() throws Exception {
    KeyPair pair = traditional("EC");
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(
          new PemObject("EC PARAMETERS", X9ObjectIdentifiers.prime256v1.getEncoded()));
      writer.writeObject(pair);
    }
    PrivateKey read = PrivateKeys.read(text.toString(), "f", null);
    assertThat(PrivateKeys.isPair(read, pair.getPublic())).isTrue();
  }

  @Test
  void namesTheKindsThatTlsHasWhenAKeyIsOfAnother() throws Exception {
    String ethereum = pem(curve("secp256k1"), null);
    assertThatThrownBy(() -> PrivateKeys.read(ethereum, "f", null))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("f has a private key that Java cannot use")
        .hasMessageContaining("use EC P-256");
  }
}
