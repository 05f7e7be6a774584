package io.swarmstream.cli.experiments;

import io.swarmstream.clients.network.ExperimentInfo;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.schemas.files.TemporaryFolder;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code swarm experiments mlflow}. */
@Command(
    name = "mlflow",
    description = {
      "Writes all rounds of a training to an MLflow server: a run for the merged rounds, and one for each site.",
      "",
      "Each call makes new runs."
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MlflowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "EXPERIMENT", description = "Its name on the chain.")
  private String name;

  @Option(
      names = "--tracking-uri",
      required = true,
      paramLabel = "URI",
      description = "The MLflow server, such as http://127.0.0.1:5000.")
  private URI tracking;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "MLflow's name of the experiment. Default: swarm/EXPERIMENT.")
  private @Nullable String as;

  @Mixin private ExperimentPlace place;

  @Override
  public Integer call() throws Exception {
    if (!"http".equals(tracking.getScheme()) && !"https".equals(tracking.getScheme())) {
      throw new ParameterException(
          spec.commandLine(),
          "--tracking-uri is " + tracking + "; it has to begin with http:// or https://");
    }
    if (tracking.getHost() == null || tracking.getUserInfo() != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--tracking-uri has to be http://HOST:PORT or https://HOST:PORT, without a password: others see what a"
              + " command was given");
    }
    NetworkClient api = place.api();
    ExperimentInfo known = api.experiment(name);
    MlflowServer server = new MlflowServer(tracking);
    String title = as == null ? "swarm/" + name : as;
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("swarmstream.contract", known.contract());
    if (!known.tags().isEmpty()) {
      tags.put("swarmstream.tags", String.join(", ", known.tags()));
    }
    if (!known.notes().isEmpty()) {
      tags.put("mlflow.note.content", known.notes());
    }
    int runs;
    try (TemporaryFolder temporary = TemporaryFolder.make()) {
      Path file = temporary.path().resolve("export.json");
      api.export(name, "json", file);
      try (InputStream export = Files.newInputStream(file)) {
        runs = new MlflowRuns(server, server.experiment(title), tags).write(export);
      }
    }
    spec.commandLine()
        .getOut()
        .println("MLflow's experiment " + title + " has " + runs + " new runs.");
    return 0;
  }
}
