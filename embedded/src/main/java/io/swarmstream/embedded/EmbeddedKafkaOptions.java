package io.swarmstream.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to start a broker in this JVM.
 *
 * @param folder folder of the log; null for a temporary folder that is deleted on close
 * @param port port of the clients' listener on localhost; 0 for a free one
 * @param startDeadline how long the start may take
 * @param settings broker settings that override our own; the listeners are named CLIENT and
 *     CONTROLLER, so TLS needs only {@code listener.security.protocol.map} and {@code ssl.*}
 */
public record EmbeddedKafkaOptions(
    @Nullable Path folder, int port, Duration startDeadline, Map<String, String> settings) {
  public EmbeddedKafkaOptions {
    settings = Map.copyOf(settings);
  }

  /**
   * A temporary folder, a free port, and 60 s to start: a cold start on a busy machine may take 10
   * s.
   */
  public static EmbeddedKafkaOptions defaults() {
    return new EmbeddedKafkaOptions(null, 0, Duration.ofSeconds(60), Map.of());
  }

  /** Keeps the log in this folder, which survives {@code close}; a later start reads it again. */
  public EmbeddedKafkaOptions withFolder(Path newFolder) {
    return new EmbeddedKafkaOptions(newFolder, port, startDeadline, settings);
  }

  public EmbeddedKafkaOptions withPort(int newPort) {
    return new EmbeddedKafkaOptions(folder, newPort, startDeadline, settings);
  }

  public EmbeddedKafkaOptions withStartDeadline(Duration newStartDeadline) {
    return new EmbeddedKafkaOptions(folder, port, newStartDeadline, settings);
  }

  /**
   * Lets clients in over TLS with a certificate only, names them by their keys, and denies them
   * everything that no ACL allows.
   *
   * @param identityFolder key.pem, cert.pem and ca.pem of the broker; its certificate names
   *     localhost
   * @param superUsers names of clients that may do everything, without {@code User:}; the broker
   *     itself is one of them
   */
  public EmbeddedKafkaOptions withIdentity(Path identityFolder, Collection<String> superUsers) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.putAll(SecuredBroker.settings(identityFolder, superUsers));
    return new EmbeddedKafkaOptions(folder, port, startDeadline, all);
  }

  /** Adds a broker setting, or replaces it. */
  public EmbeddedKafkaOptions withSetting(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put(name, value);
    return new EmbeddedKafkaOptions(folder, port, startDeadline, all);
  }
}
