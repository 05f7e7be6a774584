package io.swarmstream.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of a broker that is the only node of its cluster, and also its controller. */
final class BrokerSettings {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private BrokerSettings() {}

  static Map<String, String> of(
      Path folder, int port, int controllerPort, Map<String, String> overrides) {
    Map<String, String> settings = new HashMap<>();
    String client = "CLIENT://localhost:" + port;
    String controller = CONTROLLER_LISTENER + "://localhost:" + controllerPort;
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("controller.quorum.voters", NODE_ID + "@localhost:" + controllerPort);
    settings.put("listeners", client + "," + controller);
    settings.put("advertised.listeners", client);
    settings.put("inter.broker.listener.name", "CLIENT");
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", folder.toString());

    // A missing topic is a bug of ours, and a topic created by a client would have wrong settings.
    settings.put("auto.create.topics.enable", "false");
    // Each checkpoint of a job leaves a transactional id behind; a week of them would be millions.
    settings.put("transactional.id.expiration.ms", Integer.toString(3_600_000));
    // Turns off the records that an idle controller writes: only followers need them, and there are
    // none.
    settings.put("metadata.max.idle.interval.ms", "0");
    oneReplica(settings);
    smallFootprint(settings);
    settings.putAll(overrides);
    return settings;
  }

  private static void oneReplica(Map<String, String> settings) {
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
  }

  /**
   * Reduces the defaults, which assume a dedicated machine: 50 partitions per internal topic, 128
   * MiB buffers.
   */
  private static void smallFootprint(Map<String, String> settings) {
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.num.partitions", "2");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("num.network.threads", "1");
    settings.put("num.io.threads", "2");
    // Lets the system size them; the default is 100 KiB, a tenth of a chunk.
    settings.put("socket.send.buffer.bytes", "-1");
    settings.put("socket.receive.buffer.bytes", "-1");
    settings.put("background.threads", "2");
    settings.put("group.coordinator.threads", "1");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
  }
}
