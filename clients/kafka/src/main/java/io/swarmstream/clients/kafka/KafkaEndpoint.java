package io.swarmstream.clients.kafka;

import io.swarmstream.kafka.security.KeyPrincipalBuilder;
import io.swarmstream.kafka.security.ReloadingSslEngineFactory;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * The address of Kafka and how a client connects.
 *
 * @param bootstrapServers {@code host:port}, or several separated by commas
 * @param clientProperties additional properties of every client, such as those of TLS; they
 *     override our tuning, but never the properties that correctness depends on
 */
public record KafkaEndpoint(String bootstrapServers, Map<String, String> clientProperties)
    implements Serializable {
  /**
   * Lets the system size socket buffers by the data in flight. Kafka's fixed 64 and 128 KiB limit a
   * connection to that much per round trip: 1.3 MB/s at a round trip of 50 ms.
   */
  private static final Map<String, String> SOCKETS =
      Map.of("send.buffer.bytes", "-1", "receive.buffer.bytes", "-1");

  private static final String PROTOCOL = "security.protocol";
  private static final Pattern USERNAME = Pattern.compile("username=\"?([^\"\\s;]+)");

  public KafkaEndpoint {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrapServers is empty; give host:port of a broker");
    }
    clientProperties = Map.copyOf(clientProperties);
  }

  /** A broker that needs no additional properties. */
  public static KafkaEndpoint of(String bootstrapServers) {
    return new KafkaEndpoint(bootstrapServers, Map.of());
  }

  /**
   * A broker that clients reach over TLS with their identity. Certificates that are renewed in the
   * folder are used by the next connection.
   *
   * @param identityFolder key.pem, cert.pem and ca.pem; where a job runs on several machines, each
   *     of them has the folder
   * @param more additional properties of every client; they override those of TLS
   */
  public static KafkaEndpoint secured(
      String bootstrapServers, Path identityFolder, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>();
    properties.put(PROTOCOL, "SSL");
    properties.put("ssl.engine.factory.class", ReloadingSslEngineFactory.class.getName());
    properties.put(
        ReloadingSslEngineFactory.FOLDER_CONFIG, identityFolder.toAbsolutePath().toString());
    properties.putAll(more);
    return new KafkaEndpoint(bootstrapServers, properties);
  }

  /** A broker that clients reach over TLS with their identity. */
  public static KafkaEndpoint secured(String bootstrapServers, Path identityFolder) {
    return secured(bootstrapServers, identityFolder, Map.of());
  }

  /** The folder with the identity of clients; empty if they use none. */
  Optional<Path> identityFolder() {
    return Optional.ofNullable(clientProperties.get(ReloadingSslEngineFactory.FOLDER_CONFIG))
        .map(Path::of);
  }

  /** Whether clients begin each connection with a TLS handshake. */
  boolean isTls() {
    return clientProperties.getOrDefault(PROTOCOL, "PLAINTEXT").endsWith("SSL");
  }

  /**
   * Returns the properties of a client.
   *
   * @param tuning what the client prefers; this endpoint's own properties override it
   * @param required what the client needs to be correct
   */
  public Map<String, Object> properties(Map<String, String> tuning, Map<String, String> required) {
    Map<String, Object> all = new HashMap<>(SOCKETS);
    all.putAll(tuning);
    all.putAll(clientProperties);
    all.putAll(required);
    all.put("bootstrap.servers", bootstrapServers);
    return all;
  }

  /**
   * An admin client each of whose calls ends by then; it connects when it is first asked.
   *
   * @param deadline a millisecond at least is taken
   */
  public Admin admin(Duration deadline) {
    String millis = Long.toString(Math.max(1, deadline.toMillis()));
    return Admin.create(
        properties(
            Map.of("reconnect.backoff.max.ms", "500"),
            Map.of("default.api.timeout.ms", millis, "request.timeout.ms", millis)));
  }

  public Properties toProperties(Map<String, String> tuning, Map<String, String> required) {
    Properties all = new Properties();
    all.putAll(properties(tuning, required));
    return all;
  }

  /** The user that a client logs in as, if the properties name one or the certificate does. */
  Optional<String> principal() {
    Optional<Path> folder = identityFolder();
    if (folder.isPresent()) {
      try {
        return Optional.of(KeyPrincipalBuilder.nameOf(folder.get()));
      } catch (KafkaException e) {
        return Optional.empty(); // broken by now
      }
    }
    return Optional.ofNullable(clientProperties.get("sasl.jaas.config"))
        .map(USERNAME::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1));
  }

  /** Omits the values of the properties, because some are passwords. */
  @Override
  public String toString() {
    return clientProperties.isEmpty()
        ? bootstrapServers
        : bootstrapServers + " with " + new TreeSet<>(clientProperties.keySet());
  }
}
