package io.swarmstream.tasks;

import io.swarmstream.tasks.definitions.ContainerOptions;
import io.swarmstream.tasks.run.RunLimits;
import io.swarmstream.tasks.run.TrainerChannels;
import io.swarmstream.tasks.run.TrainerMount;
import io.swarmstream.tasks.run.TrainerOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes orders of trainers for tests. What a test does not say is nothing, or as usual. */
public final class DraftOrder {
  private final String runtime;
  private final int site;
  private List<String> command = List.of("x");
  private String workingDir = "/";
  private Map<String, String> variables = Map.of();
  private List<TrainerMount> mounts = List.of();
  private Optional<TrainerChannels> channels = Optional.empty();
  private Optional<String> user = Optional.empty();
  private Optional<String> hostName = Optional.empty();
  private List<String> dns = List.of();
  private Map<String, String> labels = Map.of();
  private ContainerOptions options = ContainerOptions.NONE;
  private RunLimits limits = RunLimits.USUAL;

  private DraftOrder(String runtime, int site) {
    this.runtime = runtime;
    this.site = site;
  }

  /** An order of a site, in an image or environment. */
  public static DraftOrder of(String runtime, int site) {
    return new DraftOrder(runtime, site);
  }

  public DraftOrder running(String... words) {
    command = List.of(words);
    return this;
  }

  /** Runs lines of Python. */
  public DraftOrder python(String... lines) {
    return running("python3", "-c", String.join("\n", lines));
  }

  public DraftOrder in(String folder) {
    workingDir = folder;
    return this;
  }

  public DraftOrder with(Map<String, String> environment) {
    variables = environment;
    return this;
  }

  public DraftOrder seeing(TrainerMount... folders) {
    mounts = List.of(folders);
    return this;
  }

  /** Shares a folder with its site, with pipes and a socket. */
  public DraftOrder sharing(Path folder) {
    channels =
        Optional.of(
            new TrainerChannels(
                folder, Optional.of("q.pipe"), Optional.of("p.pipe"), Optional.of("site.sock")));
    return this;
  }

  public DraftOrder as(String uidAndGid) {
    user = Optional.of(uidAndGid);
    return this;
  }

  public DraftOrder host(String name) {
    hostName = Optional.of(name);
    return this;
  }

  public DraftOrder dns(String server) {
    dns = List.of(server);
    return this;
  }

  public DraftOrder labelled(Map<String, String> all) {
    labels = all;
    return this;
  }

  public DraftOrder asking(ContainerOptions more) {
    options = more;
    return this;
  }

  public DraftOrder within(RunLimits most) {
    limits = most;
    return this;
  }

  public TrainerOrder order() {
    return new TrainerOrder(
        "runner/1",
        "demo",
        "run digits",
        site,
        runtime,
        command,
        workingDir,
        variables,
        mounts,
        channels,
        user,
        "none",
        Optional.empty(),
        hostName,
        dns,
        labels,
        options,
        limits);
  }
}
