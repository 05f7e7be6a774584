package io.swarmstream.local.processes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.ClientCnxnSocketNetty;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.client.ZKClientConfig;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.NettyServerCnxnFactory;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.quorum.QuorumPeerMain;

/**
 * How ZooKeeper and Flink authenticate each other in a secured cluster: TLS 1.2 with client
 * certificates. Both are the ZooKeeper that Flink brings along, so class names have Flink's prefix.
 */
final class ZooKeeperLink {
  /**
   * ZooKeeper's own main class: Flink's would also open port 2181 without TLS, as it takes a
   * missing {@code clientPort} for an oversight.
   */
  static final String MAIN_CLASS = QuorumPeerMain.class.getName();

  private final LinkKeys keys;

  ZooKeeperLink(LinkKeys keys) {
    this.keys = keys;
  }

  /** Settings of the server. PEM, because ZooKeeper takes passwords from its configuration only. */
  Map<String, String> server(String dataDir, int port) {
    Map<String, String> own = new LinkedHashMap<>();
    own.put("dataDir", dataDir);
    own.put("secureClientPort", Integer.toString(port));
    own.put("secureClientPortAddress", Secured.LOOPBACK);
    own.put("serverCnxnFactory", NettyServerCnxnFactory.class.getName());
    own.put("ssl.clientAuth", "need");
    own.putAll(stores("ssl."));
    return own;
  }

  /** Settings of clients, which are system properties in processes of Flink. */
  Map<String, String> client() {
    Map<String, String> own = new LinkedHashMap<>();
    own.put(ZKClientConfig.SECURE_CLIENT, "true");
    own.put(ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, ClientCnxnSocketNetty.class.getName());
    own.putAll(stores("zookeeper.ssl."));
    return own;
  }

  /** The clients' settings as lines of a file of Java options. */
  List<String> jvmOptions() {
    return client().entrySet().stream()
        .map(each -> "\"-D" + each.getKey() + "=" + each.getValue().replace("\\", "\\\\") + "\"")
        .toList();
  }

  private Map<String, String> stores(String prefix) {
    return Map.of(
        prefix + "keyStore.location",
        keys.pem().toString(),
        prefix + "keyStore.type",
        "PEM",
        prefix + "trustStore.location",
        keys.authority().toString(),
        prefix + "trustStore.type",
        "PEM");
  }
}
