package io.swarmstream.clients.kafka;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Kafka is and how a client gets in.
 *
 * @param bootstrapServers {@code host:port}, or several with commas
 * @param clientProperties further properties of every client, such as those of TLS; they overrule
 *     our tuning, never what correctness hangs on
 */
public record KafkaEndpoint(String bootstrapServers, Map<String, String> clientProperties)
    implements Serializable {
  /**
   * The system sizes sockets' buffers by what is on the way. Kafka's fixed 64 and 128 KiB let a
   * connection carry no more than that in a round trip: 1.3 MB/s where it takes 50 ms.
   */
  private static final Map<String, String> SOCKETS =
      Map.of("send.buffer.bytes", "-1", "receive.buffer.bytes", "-1");

  private static final Pattern USERNAME = Pattern.compile("username=\"?([^\"\\s;]+)");

  public KafkaEndpoint {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrapServers is empty; give host:port of a broker");
    }
    clientProperties = Map.copyOf(clientProperties);
  }

  /** A broker that asks for nothing. */
  public static KafkaEndpoint of(String bootstrapServers) {
    return new KafkaEndpoint(bootstrapServers, Map.of());
  }

  /**
   * The properties of a client.
   *
   * @param tuning what the client would like, overruled by this endpoint's own
   * @param required what the client is wrong without
   */
  public Map<String, Object> properties(Map<String, String> tuning, Map<String, String> required) {
    Map<String, Object> all = new HashMap<>(SOCKETS);
    all.putAll(tuning);
    all.putAll(clientProperties);
    all.putAll(required);
    all.put("bootstrap.servers", bootstrapServers);
    return all;
  }

  public Properties toProperties(Map<String, String> tuning, Map<String, String> required) {
    Properties all = new Properties();
    all.putAll(properties(tuning, required));
    return all;
  }

  /** The user that a client logs in as, where the properties say so. */
  Optional<String> principal() {
    return Optional.ofNullable(clientProperties.get("sasl.jaas.config"))
        .map(USERNAME::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1));
  }

  /** Without the properties' values: some are passwords. */
  @Override
  public String toString() {
    return clientProperties.isEmpty()
        ? bootstrapServers
        : bootstrapServers + " with " + new TreeSet<>(clientProperties.keySet());
  }
}
