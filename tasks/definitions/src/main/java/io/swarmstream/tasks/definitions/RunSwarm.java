package io.swarmstream.tasks.definitions;

import io.swarmstream.clients.chain.tasks.TaskType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Body of a task that trains: what each trainer runs. The image is the outcome of the task's
 * prerequisite.
 *
 * @param command arguments of the entry point, such as {@code model/mnist.py --cuda}
 * @param entrypoint program, such as {@code python3}; empty: the image's own
 * @param privateContent where a site's private data is mounted; empty: nowhere
 */
public record RunSwarm(
    String command,
    Optional<String> entrypoint,
    String workingDir,
    Variables variables,
    Optional<String> privateContent,
    List<SharedFolder> sharedContent)
    implements TaskBody {
  private static final String[] FIELDS = {
    "Command", "Entrypoint", "WorkingDir", "Envvars", "PrivateContent", "SharedContent"
  };

  /** Copies the list. */
  public RunSwarm {
    sharedContent = List.copyOf(sharedContent);
  }

  static RunSwarm read(YamlValue value) {
    YamlFields fields = YamlFields.of(value, FIELDS);
    YamlValue command = fields.required("Command", "the program's arguments, such as train.py");
    String commandText = command.isList() ? joined(command) : command.text("a command");
    Optional<YamlValue> entrypoint = fields.take("Entrypoint").filter(field -> !field.isNull());
    RunSwarm body =
        new RunSwarm(
            commandText,
            entrypoint.map(field -> field.isList() ? joined(field) : field.text("a program")),
            fields.optional("WorkingDir", ContainerPaths::absolute).orElse("/"),
            fields.optional("Envvars", Variables::read).orElse(Variables.NONE),
            fields.optional("PrivateContent", ContainerPaths::absolute),
            fields.optional("SharedContent", field -> shared(field)).orElse(List.of()));
    fields.warnAboutTheRest();
    try {
      body.words();
    } catch (IllegalArgumentException e) {
      throw command.problem("is '" + commandText + "': " + e.getMessage(), "words as in a shell");
    }
    return body;
  }

  private static List<SharedFolder> shared(YamlValue value) {
    return value.list().stream().map(SharedFolder::read).toList();
  }

  private static String joined(YamlValue list) {
    return CommandWords.join(list.list().stream().map(word -> word.text("a word")).toList());
  }

  /** Program and arguments, split as a shell does, without expanding anything. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    entrypoint.ifPresent(text -> words.addAll(CommandWords.split(text)));
    words.addAll(CommandWords.split(command));
    return words;
  }

  @Override
  public TaskType type() {
    return TaskType.RUN_SWARM;
  }

  @Override
  public List<String> lines() {
    YamlLines lines = new YamlLines();
    lines.field(0, "Command", command);
    lines.field(0, "Entrypoint", entrypoint);
    lines.field(0, "WorkingDir", workingDir);
    lines.variables("Envvars", variables);
    lines.field(0, "PrivateContent", privateContent);
    if (sharedContent.isEmpty()) {
      lines.field(0, "SharedContent", Optional.empty());
    } else {
      lines.heading(0, "SharedContent");
      sharedContent.forEach(folder -> folder.write(lines));
    }
    return lines.lines();
  }
}
