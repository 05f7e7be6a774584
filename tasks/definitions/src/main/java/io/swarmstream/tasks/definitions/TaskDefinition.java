package io.swarmstream.tasks.definitions;

import io.swarmstream.clients.chain.tasks.NewTask;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.chain.tasks.TaskType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A task as its author writes it.
 *
 * @param warnings what is probably not meant, such as unknown fields
 */
public record TaskDefinition(
    String name,
    TaskType type,
    String author,
    String prerequisite,
    String outcome,
    TaskBody body,
    List<DefinitionWarning> warnings) {
  private static final int LONGEST = 160;

  /** Copies the list. */
  public TaskDefinition {
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a definition.
   *
   * @param source name of the text for messages, such as its file's
   * @throws DefinitionException with line and column of what is wrong
   */
  public static TaskDefinition parse(String source, String text) {
    YamlValue document = YamlDocument.read(source, text);
    YamlFields fields =
        YamlFields.of(document, "Name", "TaskType", "Author", "Prereq", "Outcome", "Body");
    String name = head(fields.required("Name", "a name of 1 to 160 bytes"));
    TaskType type = readType(fields.required("TaskType", types()));
    String author = head(fields.required("Author", "the author's name"));
    String prerequisite =
        fields.optional("Prereq", TaskDefinition::head).orElse(TaskBoard.ROOT_TASK);
    String outcome = fields.optional("Outcome", TaskDefinition::head).orElse(name);
    TaskBody body = readBody(type, fields.required("Body", "a map of the task's fields"));
    fields.warnAboutTheRest();
    List<DefinitionWarning> warnings = document.source().warnings();
    return new TaskDefinition(name, type, author, prerequisite, outcome, body, warnings);
  }

  /**
   * Reads the body of a task as the chain has it.
   *
   * @throws DefinitionException with line and column in the body
   */
  public static TaskBody ofBody(TaskType type, List<String> lines) {
    return readBody(type, YamlDocument.read("body", String.join("\n", lines)));
  }

  private static TaskBody readBody(TaskType type, YamlValue value) {
    return switch (type) {
      case RUN_SWARM -> RunSwarm.read(value);
      case MAKE_USER_CONTAINER -> MakeUserContainer.read(value);
      case PULL_IMAGE -> PullImage.read(value);
      case MAKE_SWARM_USER_CONTENT -> MakeSwarmUserContent.read(value);
      case ROOT_TASK -> throw value.problem("belongs to a task of type ROOT_TASK", "no body");
    };
  }

  private static String head(YamlValue value) {
    String text = value.text("a text of 1 to 160 bytes").strip();
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > LONGEST) {
      throw value.problem("has " + bytes + " bytes", "1 to " + LONGEST + " bytes");
    }
    return text;
  }

  private static TaskType readType(YamlValue value) {
    String text = value.text(types()).strip();
    // What some of HPE's texts call it.
    String name = text.equalsIgnoreCase("BUILD_SWARM") ? "MAKE_USER_CONTAINER" : text;
    return Arrays.stream(TaskType.values())
        .filter(type -> type != TaskType.ROOT_TASK && type.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> value.problem("is '" + text + "'", types()));
  }

  private static String types() {
    return "one of "
        + String.join(
            ", ",
            Arrays.stream(TaskType.values())
                .filter(type -> type != TaskType.ROOT_TASK)
                .map(Enum::name)
                .toList());
  }

  /** The body as the chain has it. */
  public List<String> bodyLines() {
    return body.lines();
  }

  /** The head as the task board takes it. */
  public NewTask asNewTask() {
    return new NewTask(name, type, author, prerequisite, outcome);
  }
}
