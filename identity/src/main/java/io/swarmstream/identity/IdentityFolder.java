package io.swarmstream.identity;

import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An identity as a folder of three PEM files: {@code key.pem} (PKCS#8, mode 0600), {@code cert.pem}
 * (the certificate, then intermediate ones) and {@code ca.pem} (all authorities that are trusted).
 *
 * <p>No reader sees a key that does not fit, and no crash leaves one behind: a writer first puts
 * the complete new identity into the folder {@code next}, which appears by one rename, then
 * replaces the three files one by one, and removes {@code next} last. A reader that finds files
 * that do not fit reads {@code next}, and tries again for a moment if there is none. Whoever brings
 * own files needs no {@code next}: the reader's second attempts cover two copies in a row.
 */
public final class IdentityFolder {
  static final String KEY = "key.pem";
  static final String CERTIFICATE = "cert.pem";
  static final String AUTHORITIES = "ca.pem";
  static final String NEXT = "next";

  private static final int ATTEMPTS = 10;
  private static final long PAUSE_MILLIS = 20;

  private final Path path;

  private IdentityFolder(Path path) {
    this.path = path;
  }

  public static IdentityFolder at(Path path) {
    return new IdentityFolder(path);
  }

  public Path path() {
    return path;
  }

  public Path keyFile() {
    return path.resolve(KEY);
  }

  public Path certificateFile() {
    return path.resolve(CERTIFICATE);
  }

  public Path authoritiesFile() {
    return path.resolve(AUTHORITIES);
  }

  /** Whether the folder has an identity, be it a good one or not. */
  public boolean exists() {
    return Files.exists(keyFile()) || Files.exists(path.resolve(NEXT));
  }

  /**
   * Reads the identity, which may have expired.
   *
   * @throws IdentityException if a file is missing or unreadable, or the key does not fit
   */
  public Identity read() {
    return read(
        identity ->
            identity.fits()
                ? Optional.empty()
                : Optional.of("the private key does not belong to the certificate"));
  }

  /**
   * Reads the identity and checks that peers will accept it now.
   *
   * @throws IdentityException as {@link #read}, and if it has expired, is not valid yet, or its
   *     chain ends at none of its authorities
   */
  public Identity readValid() {
    Instant now = Instant.now();
    return read(identity -> identity.problem(now));
  }

  private Identity read(Function<Identity, Optional<String>> problem) {
    for (int attempt = 1; ; attempt++) {
      try {
        return read(path, problem);
      } catch (IdentityException e) {
        Optional<Identity> next = readNext(problem);
        if (next.isPresent()) {
          return next.get();
        }
        if (attempt == ATTEMPTS || !Files.exists(path)) {
          throw e;
        }
      }
      pause();
    }
  }

  private Optional<Identity> readNext(Function<Identity, Optional<String>> problem) {
    Path next = path.resolve(NEXT);
    if (!Files.isDirectory(next)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(next, problem));
    } catch (IdentityException e) {
      return Optional.empty(); // it is being removed
    }
  }

  private static Identity read(Path folder, Function<Identity, Optional<String>> problem) {
    Identity identity =
        new Identity(
            PrivateKeys.read(Pem.text(folder.resolve(KEY)), folder.resolve(KEY).toString(), null),
            certificates(folder.resolve(CERTIFICATE)),
            certificates(folder.resolve(AUTHORITIES)));
    @Nullable String wrong = problem.apply(identity).orElse(null);
    if (wrong != null) {
      throw new IdentityException("identity in " + folder + ": " + wrong);
    }
    return identity;
  }

  private static List<X509Certificate> certificates(Path file) {
    return Pem.certificates(Pem.text(file), file.toString());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Replaces the identity, or writes the first one. The disk has it when the method returns.
   *
   * @throws IdentityException if the key does not fit the certificate
   */
  public void write(Identity identity) throws IOException {
    if (!identity.fits()) {
      throw new IdentityException(
          "identity for " + path + ": the private key does not belong to the certificate");
    }
    if (identity.authorities().isEmpty()) {
      throw new IdentityException("identity for " + path + " has no authority: nobody is trusted");
    }
    IdentityWriter.write(path, identity);
  }

  /**
   * Replaces the identity if it is another one.
   *
   * @return whether it was
   */
  public boolean update(Identity identity) throws IOException {
    if (exists() && identity.equals(present())) {
      return false;
    }
    write(identity);
    return true;
  }

  private @Nullable Identity present() {
    try {
      return read();
    } catch (IdentityException e) {
      return null; // broken: to be replaced
    }
  }

  /** Replaces the authorities alone. */
  public void writeAuthorities(List<X509Certificate> authorities) throws IOException {
    if (authorities.isEmpty()) {
      throw new IdentityException(authoritiesFile() + " needs an authority: nobody is trusted");
    }
    PrivateFiles.folder(path);
    IdentityWriter.locked(path, () -> PrivateFiles.write(authoritiesFile(), Pem.of(authorities)));
  }

  /** Returns a value that changes when the files do. */
  Object stamp() {
    return FileStamps.of(
        List.of(keyFile(), certificateFile(), authoritiesFile(), path.resolve(NEXT)));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
