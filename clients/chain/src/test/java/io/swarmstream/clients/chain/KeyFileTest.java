package io.swarmstream.clients.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  @TempDir Path folder;

  @Test
  void givesTheKeyBackToWhoeverKnowsThePassword() throws IOException {
    Path file = folder.resolve("key.json");
    SiteKey key = SiteKey.ofSeed(7);
    KeyFile.write(file, key, "correct horse", true);

    assertThat(KeyFile.read(file, "correct horse").address()).isEqualTo(key.address());
    assertThatThrownBy(() -> KeyFile.read(file, "battery staple"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("check the password");
    assertThat(Files.readString(file)).contains("scrypt").doesNotContain("correct horse");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void replacesNoKey() throws IOException {
    Path file = folder.resolve("key.json");
    KeyFile.write(file, SiteKey.ofSeed(7), "a", true);

    assertThatThrownBy(() -> KeyFile.write(file, SiteKey.ofSeed(8), "a", true))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void makesNoPasswordForAKeyWhosePasswordIsMissing() throws IOException {
    Path file = folder.resolve("key.json");
    Path password = folder.resolve("password");
    SiteKey made = KeyFile.readOrCreate(file, password);
    assertThat(KeyFile.readOrCreate(file, password).address()).isEqualTo(made.address());
    Files.delete(password);

    assertThatThrownBy(() -> KeyFile.readOrCreate(file, password))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("password");
    assertThat(password).doesNotExist();
  }

  @Test
  void saysWhenAFileIsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("key.json"), "hello");

    assertThatThrownBy(() -> KeyFile.read(file, "a")).hasMessageContaining("is no key file");
  }

  /** The test vector of the Web3 Secret Storage definition, with PBKDF2. */
  @Test
  void readsWhatOtherToolsWrite() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("other.json"),
            """
            {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
            "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46","kdf":"pbkdf2",
            "kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
            "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
            "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
            "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}
            """);

    assertThat(KeyFile.read(file, "testpassword").address())
        .isEqualTo(
            SiteKey.ofHex("7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d")
                .address());
  }

  @Test
  void readsFilesThatAnEditorHasMarked() throws IOException {
    SiteKey key = SiteKey.random();
    Path file = folder.resolve("marked.json");
    KeyFile.write(file, key, "word", true);
    Files.writeString(file, "\uFEFF" + Files.readString(file) + "\r\n");
    assertThat(KeyFile.read(file, "word").address()).isEqualTo(key.address());

    String digits = key.credentials().getEcKeyPair().getPrivateKey().toString(16);
    Path plain = folder.resolve("marked.key");
    Files.writeString(plain, "\uFEFF" + "0".repeat(64 - digits.length()) + digits + "\r\n");
    assertThat(SigningKey.ofFile(plain.toString()).load().address()).isEqualTo(key.address());
  }
}
