package io.swarmstream.tasks.definitions;

import io.swarmstream.clients.chain.tasks.TaskType;
import java.util.List;
import java.util.Optional;

/** Body of a task that fills volumes. */
public record MakeSwarmUserContent(ContentType contentType, List<ContentStep> steps)
    implements TaskBody {
  /** What the volume is for. */
  public enum ContentType {
    /** A build's context: one volume at each agent. */
    BUILDCONTENT,
    /** For trainers: a volume for each site. */
    SWARMCONTENT
  }

  /** What a step does. */
  public enum Operation {
    DOWNLOAD,
    EXTRACT
  }

  /**
   * One step.
   *
   * @param target URI to download, or archive in the volume to extract
   * @param out file or folder in the volume; empty: the target's name, or the volume itself
   */
  public record ContentStep(Operation operation, String target, Optional<String> out) {}

  /** Copies the list. */
  public MakeSwarmUserContent {
    steps = List.copyOf(steps);
  }

  static MakeSwarmUserContent read(YamlValue value) {
    YamlFields fields = YamlFields.of(value, "ContentType", "OpsList");
    ContentType type =
        fields.required("ContentType", "BUILDCONTENT or SWARMCONTENT").oneOf(ContentType.class);
    YamlValue list = fields.required("OpsList", "a list of operations");
    fields.warnAboutTheRest();
    List<ContentStep> steps = list.list().stream().map(MakeSwarmUserContent::readStep).toList();
    if (steps.isEmpty()) {
      throw list.problem("is empty", "at least one operation");
    }
    return new MakeSwarmUserContent(type, steps);
  }

  private static ContentStep readStep(YamlValue value) {
    YamlFields fields = YamlFields.of(value, "Operation", "Target", "Options");
    Operation operation =
        fields.required("Operation", "DOWNLOAD or EXTRACT").oneOf(Operation.class);
    YamlValue target = fields.required("Target", "a URI or an archive's name");
    String text = target.text("a URI or an archive's name");
    ContainerPaths.warnAboutPlaceholder(target, text);
    Optional<String> out =
        fields.optional("Options", MakeSwarmUserContent::readOut).flatMap(o -> o);
    fields.warnAboutTheRest();
    return new ContentStep(operation, text, out);
  }

  private static Optional<String> readOut(YamlValue value) {
    if (value.isList() && value.list().isEmpty()) {
      return Optional.empty();
    }
    YamlFields options = YamlFields.of(value, "Out");
    Optional<String> out = options.optionalText("Out", "a file or folder in the volume");
    options.warnAboutTheRest();
    return out;
  }

  @Override
  public TaskType type() {
    return TaskType.MAKE_SWARM_USER_CONTENT;
  }

  @Override
  public List<String> lines() {
    YamlLines lines = new YamlLines();
    lines.field(0, "ContentType", contentType.name());
    lines.heading(0, "OpsList");
    for (ContentStep step : steps) {
      lines.pair(0, "Operation", Optional.of(step.operation().name()));
      lines.field(2, "Target", step.target());
      if (step.out().isPresent()) {
        lines.heading(2, "Options");
        lines.pair(2, "Out", step.out());
      }
    }
    return lines.lines();
  }
}
