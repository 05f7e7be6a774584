package io.swarmstream.cli.site;

import io.swarmstream.clients.chain.KeyFile;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.schemas.signing.RandomHex;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select a site's key. */
final class KeyOptions {
  private static final int PASSWORD_BYTES = 24;

  @Option(
      names = "--keystore",
      paramLabel = "FILE",
      description =
          "The site's key, encrypted in the format of Ethereum's tools; created if it does not exist. "
              + "Default: key.json in the site's folder.")
  private @Nullable Path keystore;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "A file whose first line is the key's password. Default in a local swarm: one that is "
              + "created beside the key.")
  private @Nullable Path passwordFile;

  /**
   * Reads the site's key, or creates one.
   *
   * @param folder the site's folder
   * @param isLocal whether this is a development swarm, where the password may be stored next to
   *     the key
   */
  SiteKey key(Path folder, boolean isLocal) throws IOException {
    Files.createDirectories(folder);
    Path file = keystore == null ? folder.resolve("key.json") : keystore;
    String password = password(folder, isLocal);
    if (!Files.exists(file)) {
      SiteKey made = SiteKey.random();
      KeyFile.write(file, made, password, isLocal);
      return made;
    }
    return KeyFile.read(file, password);
  }

  private String password(Path folder, boolean isLocal) throws IOException {
    Path file = passwordFile;
    if (file == null) {
      if (!isLocal) {
        throw new IllegalArgumentException(
            "--password-file is missing: it keeps the site's key; only a local swarm does without");
      }
      file = folder.resolve("password");
      if (!Files.exists(file)) {
        PrivateFiles.create(
            file, RandomHex.ofBytes(PASSWORD_BYTES).getBytes(StandardCharsets.US_ASCII));
      }
    }
    String password = TextFile.firstLine(file);
    if (password.isBlank()) {
      throw new IllegalArgumentException(file + " has no password in its first line; write one");
    }
    return password;
  }
}
