package io.swarmstream.tasks.definitions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A host's policy as its owner writes it. Lists that are missing restrict nothing beyond the
 * defaults; an empty list allows nothing. In texts, {@code *} stands for any characters.
 *
 * @param authors members whose tasks may run without asking
 * @param otherwise what happens to tasks of others
 * @param images names or digests of images that may be used as they are or to build upon
 * @param commands programs with arguments that trainers may run
 * @param data folders that may be mounted
 * @param volumes names of volumes that may be mounted
 * @param networks of trainers
 * @param options of containers, by their name
 * @param downloads URIs that content may come from
 * @param limits of each trainer
 */
public record PolicyDefinition(
    List<String> authors,
    Otherwise otherwise,
    Optional<List<String>> images,
    Optional<List<String>> commands,
    Optional<List<DataRule>> data,
    Optional<List<String>> volumes,
    Optional<List<String>> networks,
    Optional<Map<String, List<String>>> options,
    Optional<List<String>> downloads,
    LimitRules limits,
    List<DefinitionWarning> warnings) {
  private static final String[] FIELDS = {
    "authors",
    "otherwise",
    "images",
    "commands",
    "data",
    "volumes",
    "network",
    "options",
    "downloads",
    "limits"
  };

  /** What happens to tasks of authors who are not listed. */
  public enum Otherwise {
    ASK,
    FORBID
  }

  /**
   * A folder that may be mounted, with what is below it.
   *
   * @param isReadOnly whether trainers may only read it ({@code :ro})
   */
  public record DataRule(String path, boolean isReadOnly) {}

  /** The most that a trainer may use; empty: as much as usual. */
  public record LimitRules(
      Optional<Long> memoryBytes,
      Optional<Double> cpus,
      Optional<Integer> pids,
      Optional<Duration> time,
      Optional<Long> fileBytes,
      Optional<Long> logBytes) {}

  /**
   * Reads a policy.
   *
   * @param source name of the text for messages, such as its file's
   * @throws DefinitionException with line and column of what is wrong
   */
  public static PolicyDefinition parse(String source, String text) {
    YamlValue document = YamlDocument.readStrictly(source, text);
    YamlFields fields = YamlFields.of(document, FIELDS);
    PolicyDefinition policy =
        new PolicyDefinition(
            texts(fields, "authors").orElse(List.of()),
            fields.optional("otherwise", f -> f.oneOf(Otherwise.class)).orElse(Otherwise.ASK),
            texts(fields, "images"),
            texts(fields, "commands"),
            fields.take("data").map(f -> f.list().stream().map(PolicyDefinition::rule).toList()),
            texts(fields, "volumes"),
            texts(fields, "network"),
            fields.take("options").map(PolicyDefinition::options),
            texts(fields, "downloads"),
            limits(fields.take("limits")),
            List.of());
    // A misspelt rule would allow what it should forbid.
    fields.refuseTheRest();
    return policy.with(document.source().warnings());
  }

  private PolicyDefinition with(List<DefinitionWarning> found) {
    return new PolicyDefinition(
        authors, otherwise, images, commands, data, volumes, networks, options, downloads, limits,
        found);
  }

  private static Optional<List<String>> texts(YamlFields fields, String name) {
    return fields.take(name).map(PolicyDefinition::texts);
  }

  private static List<String> texts(YamlValue value) {
    return value.list().stream().map(element -> element.text("a text")).toList();
  }

  private static DataRule rule(YamlValue value) {
    String text = value.text("an absolute path, with :ro for reading only");
    boolean isReadOnly = text.endsWith(":ro");
    String path = isReadOnly ? text.substring(0, text.length() - 3) : text;
    if (!path.startsWith("/") || path.matches("/+")) {
      throw value.problem(
          "is '" + text + "'", "an absolute path below /, with :ro for reading only");
    }
    return new DataRule(path, isReadOnly);
  }

  private static Map<String, List<String>> options(YamlValue value) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    YamlFields fields =
        YamlFields.of(
            value,
            "gpus",
            "device",
            "ipc",
            "shm-size",
            "group-add",
            "cap-add",
            "security-opt",
            "privileged");
    for (String name : new ArrayList<>(fields.known())) {
      fields.optional(name, PolicyDefinition::texts).ifPresent(texts -> options.put(name, texts));
    }
    fields.refuseTheRest();
    return options;
  }

  private static LimitRules limits(Optional<YamlValue> value) {
    if (value.isEmpty() || value.get().isNull()) {
      return new LimitRules(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
    YamlFields fields = YamlFields.of(value.get(), "memory", "cpus", "pids", "time", "file", "log");
    LimitRules limits =
        new LimitRules(
            amount(fields, "memory", Amounts::bytes, "a size, such as 8g"),
            amount(fields, "cpus", PolicyDefinition::cpus, "a number of processors, such as 1.5"),
            fields.optional("pids", field -> field.number(1, 4_194_304, "a number of processes")),
            amount(fields, "time", Amounts::duration, "a duration, such as 36h"),
            amount(fields, "file", Amounts::bytes, "a size, such as 8g"),
            amount(fields, "log", Amounts::bytes, "a size, such as 64m"));
    fields.refuseTheRest();
    return limits;
  }

  private static double cpus(String text) {
    double cpus = Double.parseDouble(text);
    if (!(cpus > 0 && cpus < 1e6)) {
      throw new IllegalArgumentException(text);
    }
    return cpus;
  }

  private static <T> Optional<T> amount(
      YamlFields fields, String name, Function<String, T> read, String expected) {
    return fields.optional(
        name,
        field -> {
          String text = field.text(expected);
          try {
            return read.apply(text);
          } catch (IllegalArgumentException | ArithmeticException e) {
            throw field.problem("is '" + text + "'", expected);
          }
        });
  }
}
