package io.swarmstream.local.processes;

import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * The configuration files of a cluster: those of {@code deploy/}, with the ports and folders of
 * this cluster.
 */
final class ClusterFiles {
  private final ClusterOptions options;
  private final Ports ports;

  ClusterFiles(ClusterOptions options, Ports ports) {
    this.options = options;
    this.ports = ports;
  }

  Path flinkConf() {
    return options.folder().resolve("conf/flink");
  }

  Path zooConf() {
    return flinkConf().resolve("zoo.cfg");
  }

  Path kafkaConf() {
    return options.folder().resolve("conf/kafka/server.properties");
  }

  Path data(String name) {
    return options.folder().resolve("data").resolve(name);
  }

  /** Where the development chain is. */
  Path chain() {
    return data("chain").resolve("state.json");
  }

  /**
   * The file with the job's coordinator key; the key belongs to the development chain and is
   * publicly known.
   */
  Path coordinatorKey() {
    return options.folder().resolve("conf/coordinator.key");
  }

  /** The key of Flink's REST endpoint. */
  RestKeys restKeys() {
    return new RestKeys(options.folder().resolve("conf"));
  }

  /** Writes all files again, so that changes in {@code deploy/} take effect. */
  void write() throws IOException, InterruptedException {
    Path deploy = options.deploy();
    // Restricts access to this user, even where an earlier version created the files.
    for (String folder : new String[] {"conf", "data", "logs", "run"}) {
      PrivateFiles.close(PrivateFiles.folder(options.folder().resolve(folder)));
    }
    PrivateFiles.folder(flinkConf());
    PrivateFiles.folder(options.folder().resolve("conf/kafka"));
    for (String folder : new String[] {"chain", "kafka", "tmp", "zookeeper"}) {
      PrivateFiles.folder(data(folder));
    }
    restKeys().make(options.folder().resolve("logs/keytool.log"));
    writeFlink(deploy.resolve("flink/conf"));
    append(deploy.resolve("flink/conf/zoo.cfg"), zooConf(), zookeeper());
    append(deploy.resolve("kafka/conf/server.properties"), kafkaConf(), kafka());
  }

  /**
   * Writes the whole configuration, because a nested YAML key must not be repeated as a flat one.
   */
  private void writeFlink(Path base) throws IOException {
    Configuration configuration = GlobalConfiguration.loadConfiguration(base.toString());
    flink().forEach(configuration::setString);
    restKeys().flink().forEach(configuration::setString);
    options
        .flinkSettings()
        .forEach(
            (key, value) -> {
              if (value.isEmpty()) {
                configuration.removeKey(key);
              } else {
                configuration.setString(key, value);
              }
            });
    List<String> lines = new ArrayList<>();
    lines.add(
        "# Made from " + base.resolve("config.yaml") + ", which has the reasons. Change it there.");
    lines.addAll(ConfigurationUtils.convertConfigToWritableLines(configuration, false));
    PrivateFiles.write(flinkConf().resolve("config.yaml"), String.join("\n", lines) + "\n");
  }

  /** Appends settings: in a properties file, later lines override earlier ones. */
  private static void append(Path base, Path to, Map<String, String> own) throws IOException {
    StringBuilder text =
        new StringBuilder(Files.readString(base)).append("\n# This cluster's own:\n");
    own.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    PrivateFiles.write(to, text.toString());
  }

  private Map<String, String> flink() {
    Map<String, String> own = new LinkedHashMap<>();
    own.put("high-availability.storageDir", data("flink/ha").toUri().toString());
    own.put("high-availability.zookeeper.quorum", "localhost:" + ports.of(Port.ZOOKEEPER));
    own.put("execution.checkpointing.dir", data("flink/checkpoints").toUri().toString());
    own.put("execution.checkpointing.savepoint-dir", data("flink/savepoints").toUri().toString());
    own.put("io.tmp.dirs", data("tmp").toString());
    own.put("web.tmpdir", data("tmp").toString());
    return own;
  }

  private Map<String, String> zookeeper() {
    Map<String, String> own = new LinkedHashMap<>();
    own.put("dataDir", data("zookeeper").toString());
    own.put("clientPort", Integer.toString(ports.of(Port.ZOOKEEPER)));
    own.put("clientPortAddress", "localhost");
    return own;
  }

  private Map<String, String> kafka() {
    int controller = ports.of(Port.KAFKA_CONTROLLER);
    String client = "CLIENT://localhost:" + ports.of(Port.KAFKA);
    Map<String, String> own = new LinkedHashMap<>();
    own.put("controller.quorum.voters", "1@localhost:" + controller);
    own.put("listeners", client + ",CONTROLLER://localhost:" + controller);
    own.put("advertised.listeners", client);
    own.put("log.dirs", data("kafka").toString());
    own.putAll(options.brokerSettings());
    return own;
  }
}
