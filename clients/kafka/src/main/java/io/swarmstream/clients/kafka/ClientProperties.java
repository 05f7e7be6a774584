package io.swarmstream.clients.kafka;

import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Additional properties that users give to Kafka clients. Secrets must come from a file, because
 * everybody on the machine can read a command line.
 */
public final class ClientProperties {

  private ClientProperties() {}

  /**
   * Merges the properties of a file and a command line; the command line takes precedence.
   *
   * @param file null when there is none
   * @throws IllegalArgumentException when the command line contains a secret, or the file cannot be
   *     read
   */
  public static Map<String, String> of(@Nullable Path file, Map<String, String> commandLine) {
    commandLine.keySet().stream()
        .filter(ClientProperties::isSecret)
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "--kafka-property has "
                      + name
                      + ", a secret that everybody on this machine could read; write it into a file"
                      + " and give --kafka-config FILE");
            });
    Map<String, String> all = new HashMap<>();
    if (file != null) {
      all.putAll(read(file));
    }
    all.putAll(commandLine);
    return all;
  }

  private static Map<String, String> read(Path file) {
    Properties properties;
    try {
      properties = TextFile.properties(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--kafka-config must name a properties file in UTF-8, but "
              + file
              + " cannot be read: "
              + e,
          e);
    }
    Map<String, String> read = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
    return read;
  }

  /** Whether a property holds a secret, judged by its name. */
  static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("password")
        || lower.contains("passphrase")
        || lower.contains("secret")
        || lower.endsWith("jaas.config")
        || lower.endsWith("keystore.key");
  }
}
