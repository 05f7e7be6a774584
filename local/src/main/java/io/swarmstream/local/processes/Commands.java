package io.swarmstream.local.processes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/** The command line of each process. */
final class Commands {
  private static final String OPENS = "--add-opens=java.base/java.util=ALL-UNNAMED";

  private final ClusterOptions options;
  private final ClusterFiles files;
  private final Ports ports;
  private final ClusterChain chain;

  Commands(ClusterOptions options, ClusterFiles files, Ports ports, ClusterChain chain) {
    this.options = options;
    this.files = files;
    this.ports = ports;
    this.chain = chain;
  }

  List<String> of(Part part) {
    return switch (part) {
      case ZOOKEEPER -> zooKeeper();
      case KAFKA ->
          java("kafka", List.of("-Xmx768m"), "kafka.Kafka", List.of(files.kafkaConf().toString()));
      case CHAIN, NETWORK -> chain.command();
      case JOBMANAGER_1 -> jobManager(Port.JOBMANAGER_1_RPC, Port.JOBMANAGER_1_REST);
      case JOBMANAGER_2 -> jobManager(Port.JOBMANAGER_2_RPC, Port.JOBMANAGER_2_REST);
      case TASKMANAGER_1, TASKMANAGER_2 -> taskManager();
    };
  }

  /** Formats the broker's folder unless it is formatted. */
  List<String> formatKafka(String clusterId) {
    return java(
        "kafka",
        List.of("-Xmx256m"),
        "kafka.tools.StorageTool",
        List.of(
            "format",
            "--ignore-formatted",
            // As one argument: one id in 64 begins with a dash and would be parsed as an option.
            "--cluster-id=" + clusterId,
            "-c",
            files.kafkaConf().toString()));
  }

  private List<String> zooKeeper() {
    List<String> jvm = List.of("-Xmx128m", "-XX:+UseSerialGC");
    String file = files.zooConf().toString();
    return options.isSecured()
        ? java("flink", jvm, ZooKeeperLink.MAIN_CLASS, List.of(file))
        : java(
            "flink",
            jvm,
            "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
            List.of("--zkConfigFile", file, "--peerId", "1"));
  }

  private List<String> jobManager(Port rpc, Port rest) {
    Configuration configuration = flink();
    JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
    List<String> args = new ArrayList<>(List.of("--configDir", files.flinkConf().toString()));
    args.addAll(words(JobManagerProcessUtils.generateDynamicConfigsStr(memory)));
    args.add("-Djobmanager.rpc.port=" + ports.of(rpc));
    // With high availability, Flink uses this port.
    args.add("-Dhigh-availability.jobmanager.port=" + ports.of(rpc));
    args.add("-Drest.port=" + ports.of(rest));
    List<String> jvm =
        new ArrayList<>(
            words(JobManagerProcessUtils.generateJvmParametersStr(memory, configuration)));
    jvm.add("@" + files.jvmOptions());
    // A JobManager runs little code often: optimising it would take longer than running it.
    jvm.add("-XX:TieredStopAtLevel=1");
    return java(
        "flink",
        jvm,
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
        args);
  }

  private List<String> taskManager() {
    Configuration configuration = flink();
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    List<String> args = new ArrayList<>(List.of("--configDir", files.flinkConf().toString()));
    args.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
    // Only the loss of a leader must be detected quickly. A TaskManager that collects garbage for a
    // second would lose so short a session, and with it its tasks.
    args.add(
        "-D"
            + HighAvailabilityOptions.ZOOKEEPER_SESSION_TIMEOUT.key()
            + "="
            + configuration.get(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT).toMillis());
    List<String> jvm = new ArrayList<>(words(ProcessMemoryUtils.generateJvmParametersStr(memory)));
    jvm.add("@" + files.jvmOptions());
    return java("flink", jvm, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner", args);
  }

  private Configuration flink() {
    return GlobalConfiguration.loadConfiguration(files.flinkConf().toString());
  }

  private List<String> java(
      String product, List<String> jvm, String mainClass, List<String> arguments) {
    Path home = options.deploy().resolve(product);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add(OPENS);
    command.add("-Dlog4j.configurationFile=" + home.resolve("conf/log4j2.properties").toUri());
    command.addAll(List.of("-cp", jars(home) + "/*", mainClass));
    command.addAll(arguments);
    return command;
  }

  /** A distribution has them in {@code lib}. */
  private static Path jars(Path product) {
    Path distributed = product.resolve("lib");
    return Files.isDirectory(distributed) ? distributed : product.resolve("target/lib");
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
