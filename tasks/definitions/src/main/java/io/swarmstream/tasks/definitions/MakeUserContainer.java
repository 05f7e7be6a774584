package io.swarmstream.tasks.definitions;

import io.swarmstream.clients.chain.tasks.TaskType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Body of a task that builds an image, or an environment.
 *
 * @param buildContext name of a volume with files for the build
 * @param buildSteps lines of a Dockerfile
 */
public record MakeUserContainer(Optional<String> buildContext, List<String> buildSteps)
    implements TaskBody {
  /** Copies the list. */
  public MakeUserContainer {
    buildSteps = List.copyOf(buildSteps);
  }

  static MakeUserContainer read(YamlValue value) {
    YamlFields fields = YamlFields.of(value, "BuildContext", "BuildType", "BuildSteps");
    Optional<YamlValue> type = fields.take("BuildType").filter(field -> !field.isNull());
    type.ifPresent(
        field -> {
          if (!field.text("INLINE").equalsIgnoreCase("INLINE")) {
            throw field.problem(
                "is '" + field.text("INLINE") + "'", "INLINE: the steps stand here");
          }
        });
    Optional<String> context = fields.optionalText("BuildContext", "a volume's name or ~");
    YamlValue steps = fields.required("BuildSteps", "a list of lines of a Dockerfile");
    fields.warnAboutTheRest();
    List<String> lines = new ArrayList<>();
    for (YamlValue step : steps.list()) {
      if (step.isMap()) {
        throw step.problem(
            "is a map, because of a colon", "a line of a Dockerfile; put quotes around it");
      }
      String text = step.isNull() ? "" : step.text("a line of a Dockerfile");
      text.lines().forEach(lines::add);
      if (text.isEmpty()) {
        lines.add("");
      }
    }
    if (lines.stream().allMatch(String::isBlank)) {
      throw steps.problem("is empty", "at least one line of a Dockerfile");
    }
    return new MakeUserContainer(context, lines);
  }

  @Override
  public TaskType type() {
    return TaskType.MAKE_USER_CONTAINER;
  }

  @Override
  public List<String> lines() {
    YamlLines lines = new YamlLines();
    lines.field(0, "BuildContext", buildContext);
    lines.field(0, "BuildType", "INLINE");
    lines.list("BuildSteps", buildSteps);
    return lines.lines();
  }
}
