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
import org.apache.flink.configuration.SecurityOptions;

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
  LinkKeys restKeys() {
    return new LinkKeys(options.folder().resolve("conf"), "rest");
  }

  /** The key of the links between Flink's processes, in a secured cluster. */
  private LinkKeys internalKeys() {
    return new LinkKeys(options.folder().resolve("conf"), "internal");
  }

  private LinkKeys zooKeeperKeys() {
    return new LinkKeys(options.folder().resolve("conf"), "zookeeper");
  }

  private ZooKeeperLink zooKeeperLink() {
    return new ZooKeeperLink(zooKeeperKeys());
  }

  /** Settings of ZooKeeper's clients. */
  Map<String, String> zooKeeperClient() {
    return options.isSecured() ? zooKeeperLink().client() : Map.of();
  }

  /** Options of each Java process of Flink, one per line; an empty file if there are none. */
  Path jvmOptions() {
    return flinkConf().resolve("jvm.options");
  }

  /** Who the processes of a secured cluster are. */
  ClusterIdentities identities() {
    return new ClusterIdentities(options.folder(), options.secured().orElseThrow());
  }

  /** Writes all files but Kafka's again, so that changes in {@code deploy/} take effect. */
  void write() throws IOException {
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
    restKeys().make();
    if (options.isSecured()) {
      internalKeys().make();
      zooKeeperKeys().make();
    }
    writeFlink(deploy.resolve("flink/conf"));
    PrivateFiles.write(
        jvmOptions(),
        options.isSecured() ? String.join("\n", zooKeeperLink().jvmOptions()) + "\n" : "");
    String zoo = options.isSecured() ? "flink/conf/zoo-secured.cfg" : "flink/conf/zoo.cfg";
    PrivateFiles.write(zooConf(), withOwn(Files.readString(deploy.resolve(zoo)), zookeeper()));
  }

  /**
   * Writes Kafka's file.
   *
   * @param superUsers principals that may do everything, of a secured cluster
   */
  void writeKafka(List<String> superUsers) throws IOException {
    Path base = options.deploy().resolve("kafka/conf");
    String text = Files.readString(base.resolve("server.properties"));
    Map<String, String> own = kafka();
    if (options.isSecured()) {
      text += "\n" + Files.readString(base.resolve("secured.properties"));
      own.put("swarm.identity.folder", identities().broker().toString());
      own.put("super.users", String.join(";", superUsers));
    }
    own.putAll(options.brokerSettings());
    PrivateFiles.write(kafkaConf(), withOwn(text, own));
  }

  /**
   * Writes the whole configuration, because a nested YAML key must not be repeated as a flat one.
   */
  private void writeFlink(Path base) throws IOException {
    Configuration configuration = GlobalConfiguration.loadConfiguration(base.toString());
    flink().forEach(configuration::setString);
    restKeys().flink().forEach(configuration::setString);
    configuration.set(SecurityOptions.SSL_REST_AUTHENTICATION_ENABLED, true);
    configuration.set(SecurityOptions.SSL_ALGORITHMS, LinkKeys.CIPHERS);
    if (options.isSecured()) {
      internalKeys().flink().forEach(configuration::setString);
    }
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
  private static String withOwn(String base, Map<String, String> own) {
    StringBuilder text = new StringBuilder(base).append("\n# This cluster's own:\n");
    own.forEach(
        (key, value) ->
            text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n'));
    return text.toString();
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
    if (options.isSecured()) {
      return zooKeeperLink().server(data("zookeeper").toString(), ports.of(Port.ZOOKEEPER));
    }
    Map<String, String> own = new LinkedHashMap<>();
    own.put("dataDir", data("zookeeper").toString());
    own.put("clientPort", Integer.toString(ports.of(Port.ZOOKEEPER)));
    own.put("clientPortAddress", "localhost");
    return own;
  }

  private Map<String, String> kafka() {
    int controller = ports.of(Port.KAFKA_CONTROLLER);
    String client = "CLIENT://" + kafkaAddress();
    Map<String, String> own = new LinkedHashMap<>();
    own.put("controller.quorum.voters", "1@localhost:" + controller);
    own.put("listeners", client + ",CONTROLLER://localhost:" + controller);
    own.put("advertised.listeners", client);
    own.put("log.dirs", data("kafka").toString());
    return own;
  }

  /** Where clients reach Kafka. */
  String kafkaAddress() {
    return options.secured().map(Secured::inUrl).orElse(Secured.LOOPBACK)
        + ":"
        + ports.of(Port.KAFKA);
  }

  String kafkaHost() {
    return options.secured().map(Secured::host).orElse(Secured.LOOPBACK);
  }
}
