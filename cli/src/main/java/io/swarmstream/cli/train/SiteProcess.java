package io.swarmstream.cli.train;

import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a {@link SiteProgram} as a child of this process. */
public final class SiteProcess implements AutoCloseable {
  private static final long END_SECONDS = 20;

  private final TrainingPlan plan;
  private final int site;
  private final Path cluster;
  private final Path log;
  private @Nullable Process process;

  SiteProcess(TrainingPlan plan, int site, Path cluster) {
    this.plan = plan;
    this.site = site;
    this.cluster = cluster;
    this.log =
        cluster
            .resolve("logs")
            .resolve(plan.contract() + "-" + TrainingPlan.siteName(site) + ".log");
  }

  public String name() {
    return TrainingPlan.siteName(site);
  }

  public Path log() {
    return log;
  }

  /** Starts the process, which must not be running. */
  public void start() throws IOException {
    if (isAlive()) {
      throw new IllegalStateException(name() + " runs already");
    }
    PrivateFiles.folder(cluster.resolve("logs"));
    PrivateFiles.file(log);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The process lives for seconds, and its matrices are small.
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dswarm.log=" + log);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SiteProgram.class.getName());
    command.add(cluster.toString());
    command.addAll(plan.arguments(site));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  public boolean isAlive() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** Whether the process ended by itself and without an error. */
  public boolean isDone() {
    Process ended = process;
    return ended != null && !ended.isAlive() && ended.exitValue() == 0;
  }

  /** Kills the process as {@code kill -9} does. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      try {
        var unused = running.waitFor(END_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    kill();
  }
}
