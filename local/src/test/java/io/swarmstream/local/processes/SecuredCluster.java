package io.swarmstream.local.processes;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.swarmstream.network.chain.GethBinary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;

/** A secured cluster for all tests of a JVM, stopped when the JVM ends. */
final class SecuredCluster {
  static final Path ROOT = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
  private static @Nullable ProcessCluster running;

  private SecuredCluster() {}

  /** Starts it unless it runs; skips the test where there is no geth. */
  static synchronized ProcessCluster shared() throws Exception {
    assumeThat(Boolean.getBoolean("swarm.geth.required") || GethBinary.find().isPresent())
        .as("geth is missing: deploy/tools/get-geth builds it")
        .isTrue();
    ProcessCluster present = running;
    if (present != null) {
      return present;
    }
    Path folder = Files.createTempDirectory("secured-cluster-");
    ProcessCluster cluster =
        ProcessCluster.at(
            ClusterOptions.of(folder.resolve("cluster"), ROOT.resolve("deploy"), jobJar())
                .withAnyPorts()
                .withSecured(new Secured("org-a", Secured.ANY_HOST)));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cluster, folder)));
    cluster.up(Steps.silent());
    running = cluster;
    return cluster;
  }

  private static void stop(ProcessCluster cluster, Path folder) {
    try {
      cluster.stopProcesses(Steps.silent());
      if (running != null) { // otherwise its logs say why it did not start
        FileUtils.deleteDirectory(folder.toFile());
      }
    } catch (Exception e) {
      e.printStackTrace();
    }
  }

  private static Path jobJar() throws Exception {
    try (Stream<Path> jars = Files.list(ROOT.resolve("jobs/target"))) {
      return jars.filter(file -> file.toString().endsWith("-flink.jar")).findFirst().orElseThrow();
    }
  }
}
