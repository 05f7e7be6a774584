package io.swarmstream.cli.agent;

import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.tasks.agent.KeptRunLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code swarm agent logs}. */
@Command(
    name = "logs",
    description =
        "Prints what trainers, sites and builds have said. Logs of the last 20 runs are kept.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AgentLogsCommand implements Callable<Integer> {
  @Option(names = "--run", paramLabel = "RUN", description = "Default: the newest.")
  private @Nullable String run;

  @Option(
      names = "--site",
      paramLabel = "I",
      description = "Index of the site in the profile's order. Default: all.")
  private @Nullable Integer site;

  @Option(names = "--node", description = "The site's node instead of the trainer.")
  private boolean isNode;

  @Mixin private JsonChoice json;
  @Mixin private AgentPlace place;

  @Override
  public Integer call() throws Exception {
    Path folder = folder();
    List<Path> logs =
        KeptRunLog.in(folder).stream()
            .filter(log -> site == null || log.site().equals(Integer.toString(site)))
            .filter(log -> log.name().equals("site") == isNode)
            .map(KeptRunLog::file)
            .toList();
    if (logs.isEmpty()) {
      throw new IllegalStateException("run " + folder.getFileName() + " has no such log here");
    }
    print(folder, logs);
    return 0;
  }

  private Path folder() throws IOException {
    List<Path> runs = place.home().runs();
    if (runs.isEmpty()) {
      throw new IllegalStateException("no task has run here; logs would be in " + place.path());
    }
    if (run == null) {
      return runs.get(0);
    }
    return runs.stream()
        .filter(each -> each.endsWith(run))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "there are no logs of run "
                        + run
                        + "; there are of "
                        + String.join(
                            ", ",
                            runs.stream()
                                .map(each -> String.valueOf(each.getFileName()))
                                .toList())));
  }

  private void print(Path folder, List<Path> logs) throws IOException {
    List<Map<String, Object>> views = new ArrayList<>();
    for (Path log : logs) {
      // Decodes any bytes: a trainer prints what it likes.
      String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
      String name = folder.getFileName() + "/" + folder.relativize(log);
      if (json.isJson()) {
        views.add(Map.of("log", name, "text", text));
      } else {
        if (logs.size() > 1) {
          place.say("==> " + name);
        }
        place.say(text.stripTrailing());
      }
    }
    if (json.isJson()) {
      place.say(JsonChoice.text(Map.of("logs", views)));
    }
  }
}
