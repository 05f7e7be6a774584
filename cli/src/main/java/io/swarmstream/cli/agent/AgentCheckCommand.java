package io.swarmstream.cli.agent;

import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.tasks.definitions.AgentProfile;
import io.swarmstream.tasks.definitions.DefinitionException;
import io.swarmstream.tasks.definitions.TaskDefinition;
import io.swarmstream.tasks.run.ResourceManager;
import io.swarmstream.tasks.run.RunFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code swarm agent check}. */
@Command(
    name = "check",
    description = "Checks a profile with its policy, this host, and tasks. Needs no swarm.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AgentCheckCommand implements Callable<Integer> {
  @Mixin private ProfileChoice profile;

  @Option(
      names = "--task",
      paramLabel = "TASK.yaml",
      description = "Also checks this task. May be given several times.")
  private List<Path> tasks = new ArrayList<>();

  @Mixin private JsonChoice json;
  @Mixin private AgentPlace place;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> view = new LinkedHashMap<>();
    List<String> warnings = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    AgentProfile read = read();
    warnings.addAll(ProfileChoice.warnings(read));
    view.put("taskrunner", read.taskrunner());
    view.put("sites", read.sites().size());
    view.put("policy", read.policy().orElse("asks the owner"));
    try (ResourceManager manager = profile.manager(read, place.path())) {
      var unused = profile.policy(read);
      view.put("host", manager.check());
    } catch (RunFailure | IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    for (Path task : tasks) {
      try {
        TaskDefinition found = TaskDefinition.parse(task.toString(), TextFile.read(task));
        found.warnings().forEach(warning -> warnings.add(warning.toString()));
        view.put("task " + found.name(), found.type() + ", " + found.bodyLines().size() + " lines");
      } catch (DefinitionException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    view.put("warnings", warnings);
    view.put("problems", problems);
    if (json.isJson()) {
      place.say(JsonChoice.text(view));
    } else {
      view.forEach((name, value) -> print(name, value));
    }
    return problems.isEmpty() ? 0 : 1;
  }

  private AgentProfile read() throws IOException {
    try {
      return profile.read();
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }

  private void print(String name, Object value) {
    if (!(value instanceof List<?> lines)) {
      place.say(name + ": " + value);
      return;
    }
    lines.forEach(line -> place.say(name.substring(0, name.length() - 1) + ": " + line));
  }
}
