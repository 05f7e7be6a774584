package io.swarmstream.identity;

import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Certificates that an organisation has made by its own means, named by HPE Swarm Learning's
 * variables. The key may be PKCS#8, PKCS#1 or SEC1, encrypted or not.
 *
 * @param key {@code SWARM_ID_KEY}: the private key
 * @param certificate {@code SWARM_ID_CERT}: its certificate, followed by intermediate ones
 * @param authorityFile {@code SWARM_ID_CACERT}: a file of authorities; null if there is none
 * @param authorityFolder {@code SWARM_ID_CAPATH}: a folder of them; null if there is none
 * @param passwordFile {@code SWARM_ID_KEY_PASSWORD_FILE}, which HPE does not have: a file whose
 *     first line decrypts the key; null if it is not encrypted
 */
public record OwnCertificates(
    Path key,
    Path certificate,
    @Nullable Path authorityFile,
    @Nullable Path authorityFolder,
    @Nullable Path passwordFile) {
  public static final String KEY = "SWARM_ID_KEY";
  public static final String CERTIFICATE = "SWARM_ID_CERT";
  public static final String AUTHORITY_FILE = "SWARM_ID_CACERT";
  public static final String AUTHORITY_FOLDER = "SWARM_ID_CAPATH";
  public static final String PASSWORD_FILE = "SWARM_ID_KEY_PASSWORD_FILE";

  /**
   * Returns the certificates that variables name; empty if none is set.
   *
   * @throws IdentityException if some are set and others are missing
   */
  public static Optional<OwnCertificates> fromEnvironment(Map<String, String> environment) {
    @Nullable Path key = path(environment, KEY);
    @Nullable Path certificate = path(environment, CERTIFICATE);
    @Nullable Path file = path(environment, AUTHORITY_FILE);
    @Nullable Path folder = path(environment, AUTHORITY_FOLDER);
    if (Stream.of(key, certificate, file, folder).allMatch(path -> path == null)) {
      return Optional.empty();
    }
    if (key == null || certificate == null || (file == null && folder == null)) {
      throw new IdentityException(
          "own certificates need %s, %s and one of %s and %s; of these are set: %s"
              .formatted(
                  KEY,
                  CERTIFICATE,
                  AUTHORITY_FILE,
                  AUTHORITY_FOLDER,
                  Stream.of(KEY, CERTIFICATE, AUTHORITY_FILE, AUTHORITY_FOLDER)
                      .filter(name -> path(environment, name) != null)
                      .toList()));
    }
    return Optional.of(
        new OwnCertificates(key, certificate, file, folder, path(environment, PASSWORD_FILE)));
  }

  private static @Nullable Path path(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? null : Path.of(value);
  }

  /** The variables that name the same files, by absolute paths. */
  public Map<String, String> variables() {
    Map<String, String> named = new LinkedHashMap<>();
    put(named, KEY, key);
    put(named, CERTIFICATE, certificate);
    put(named, AUTHORITY_FILE, authorityFile);
    put(named, AUTHORITY_FOLDER, authorityFolder);
    put(named, PASSWORD_FILE, passwordFile);
    return named;
  }

  private static void put(Map<String, String> named, String name, @Nullable Path path) {
    if (path != null) {
      named.put(name, path.toAbsolutePath().toString());
    }
  }

  /**
   * Reads the files.
   *
   * @throws IdentityException if one cannot be used; the message names it
   */
  public Identity read() {
    Identity identity =
        new Identity(
            PrivateKeys.read(Pem.text(key), key.toString(), password()),
            Authorities.ofFile(certificate),
            authorities());
    identity
        .problem(Instant.now())
        .ifPresent(
            problem -> {
              throw new IdentityException(key + " and " + certificate + ": " + problem);
            });
    return identity;
  }

  private char @Nullable [] password() {
    if (passwordFile == null) {
      return null;
    }
    try {
      return TextFile.firstLine(passwordFile).toCharArray();
    } catch (IOException e) {
      throw new IdentityException(PASSWORD_FILE + "=" + passwordFile + " cannot be read: " + e, e);
    }
  }

  private List<X509Certificate> authorities() {
    List<List<X509Certificate>> all = new ArrayList<>();
    if (authorityFile != null) {
      all.add(Authorities.ofFile(authorityFile));
    }
    if (authorityFolder != null) {
      all.add(Authorities.ofFolder(authorityFolder));
    }
    return Authorities.combine(all);
  }

  /**
   * Copies the files into an identity folder, unless it has the same already.
   *
   * @param others authorities that are trusted besides the files'
   * @return whether the folder has changed
   * @throws IdentityException if a file cannot be used; the folder stays as it is
   */
  public boolean refresh(IdentityFolder folder, Collection<X509Certificate> others)
      throws IOException {
    Identity own = read();
    return folder.update(
        own.withAuthorities(Authorities.combine(List.of(own.authorities(), List.copyOf(others)))));
  }

  /**
   * Checks that the files have the key that a member is known by.
   *
   * @param folder the member's; nothing is checked if it has no identity yet
   * @throws IdentityException if they have another one: it has no rights before it is bound
   */
  public void requireKeyOf(IdentityFolder folder) {
    if (!folder.exists()) {
      return;
    }
    String present = folder.read().keyHash();
    String found = read().keyHash();
    if (!found.equals(present)) {
      throw new IdentityException(
          certificate
              + " has the key "
              + found
              + ", and this member is known by "
              + present
              + "; 'swarm site rotate-key' with these files binds a site's new key, and a network"
              + " node takes one over when it is restarted");
    }
  }

  /**
   * Copies the files now, and whenever they are replaced by a new certificate of the same key,
   * until closed. Does not take over another key while a program runs: as long as no member is
   * known by it, it would take all rights away.
   *
   * @param others authorities that are trusted besides the files'; asked each time
   * @throws IdentityException if a file cannot be used now; later, that is a warning in the log
   */
  public IdentityFollower follow(
      IdentityFolder folder, Supplier<? extends Collection<X509Certificate>> others)
      throws IOException {
    var unused = refresh(folder, others.get());
    return IdentityFollower.of(folder, () -> renew(folder, others.get()));
  }

  private boolean renew(IdentityFolder folder, Collection<X509Certificate> others)
      throws IOException {
    requireKeyOf(folder);
    return refresh(folder, others);
  }
}
