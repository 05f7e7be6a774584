package io.swarmstream.tasks.process;

import io.swarmstream.tasks.content.WorkDeadline;
import io.swarmstream.tasks.definitions.CommandWords;
import io.swarmstream.tasks.definitions.DockerfileStep;
import io.swarmstream.tasks.run.RunFailure;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Carries the steps of a Dockerfile out in a Python environment, as far as they mean something
 * there: pip, COPY, ADD, ENV, WORKDIR. Says in the log what it leaves out.
 */
final class EnvironmentBuild {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::?-[^}]*)?}|\\$(\\w+)");
  private static final Pattern PIP = Pattern.compile("(.*/)?pip[0-9.]*");
  private static final Pattern PYTHON = Pattern.compile("(.*/)?python[0-9.]*");
  private static final Set<String> NOTHING =
      Set.of(
          "LABEL", "EXPOSE", "MAINTAINER", "STOPSIGNAL", "HEALTHCHECK", "VOLUME", "SHELL", "CMD");

  private final PythonEnvironment environment;
  private final Path context;
  private final BuildLog log;
  private final WorkDeadline deadline;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private String directory = "/";

  EnvironmentBuild(
      PythonEnvironment environment, Path context, BuildLog log, WorkDeadline deadline) {
    this.environment = environment;
    this.context = context;
    this.log = log;
    this.deadline = deadline;
  }

  /** Carries out all steps but FROM; returns the variables that they set. */
  Map<String, String> carryOut(List<DockerfileStep> steps) throws IOException {
    variables.putAll(environment.variables());
    for (DockerfileStep step : steps) {
      deadline.check();
      String where = "line " + step.line() + ": " + step.instruction() + " ";
      switch (step.instruction()) {
        case "FROM" -> {}
        case "RUN" -> run(where, step.arguments());
        case "COPY", "ADD" -> copy(where, step.arguments());
        case "ENV", "ARG" -> set(step.arguments());
        case "WORKDIR" -> {
          directory = absolute(expand(step.arguments()));
          Files.createDirectories(inRoot(directory));
        }
        default -> {
          if (!NOTHING.contains(step.instruction())) {
            log.warn(where + "means nothing without containers and is left out");
          }
        }
      }
    }
    return Map.copyOf(variables);
  }

  private void run(String where, String line) throws IOException {
    boolean failed = false;
    List<ShellLine> commands = ShellLine.split(line.replaceFirst("^(--\\S+\\s+)+", ""));
    for (int i = 0; i < commands.size(); i++) {
      ShellLine command = commands.get(i);
      boolean isAlternative = command.operator().equals("||");
      if (isAlternative != failed && (isAlternative || command.operator().equals("&&"))) {
        continue;
      }
      boolean mayFail = i + 1 < commands.size() && commands.get(i + 1).operator().equals("||");
      failed = !command(where, command.text());
      if (failed && !mayFail) {
        throw new RunFailure(where + command.text() + " failed: " + log.lastLine());
      }
    }
  }

  private boolean command(String where, String text) throws IOException {
    List<String> words;
    try {
      words = new ArrayList<>(CommandWords.split(expand(text)));
    } catch (IllegalArgumentException e) {
      throw new RunFailure(where + text + ": " + e.getMessage(), e);
    }
    List<String> pip = pipArguments(words);
    if (!pip.isEmpty()) {
      List<String> command = new ArrayList<>(List.of(environment.python().toString(), "-m", "pip"));
      pip.forEach(word -> command.add(mapped(word)));
      if (List.of("install", "download").contains(pip.get(0))) {
        command.add("--disable-pip-version-check");
        command.add("--no-input");
      }
      return log.run(command, inRoot(directory), variables, environment, deadline) == 0;
    }
    if (words.get(0).equals("mkdir")) {
      for (String word : words.subList(1, words.size())) {
        if (!word.startsWith("-")) {
          Files.createDirectories(inRoot(absolute(word)));
        }
      }
      return true;
    }
    if (!Set.of("true", "cd", "echo", "chmod", "set").contains(words.get(0))) {
      log.warn(where + text + " is left out: only pip runs where there are no containers");
    }
    return true;
  }

  /** The arguments of pip, if the words run it; else none. */
  private static List<String> pipArguments(List<String> words) {
    if (PIP.matcher(words.get(0)).matches() && words.size() > 1) {
      return words.subList(1, words.size());
    }
    boolean isModule =
        words.size() > 3
            && PYTHON.matcher(words.get(0)).matches()
            && words.get(1).equals("-m")
            && words.get(2).equals("pip");
    return isModule ? words.subList(3, words.size()) : List.of();
  }

  /** A path that a step has copied; other words as they are. */
  private String mapped(String word) {
    if (word.startsWith("-") || word.contains("://") || !word.matches("[^\\[<>=!~;]+(\\[.*])?")) {
      return word;
    }
    Path file = inRoot(absolute(word.replaceFirst("\\[.*]$", "")));
    String extras = word.replaceFirst("^[^\\[]*", "");
    boolean isPath = word.contains("/") || word.endsWith(".whl") || word.endsWith(".txt");
    return isPath && Files.exists(file) ? file + extras : word;
  }

  private void copy(String where, String arguments) throws IOException {
    List<String> words = new ArrayList<>();
    for (String word : CommandWords.split(expand(arguments).replaceAll("[\\[\\],]", " "))) {
      if (word.startsWith("--from")) {
        log.warn(where + arguments + " is left out: there are no other images");
        return;
      }
      if (!word.startsWith("--")) {
        words.add(word);
      }
    }
    if (words.size() < 2) {
      throw new RunFailure(where + arguments + ": expected a source and a destination");
    }
    String to = words.get(words.size() - 1);
    for (String from : words.subList(0, words.size() - 1)) {
      copyOne(where, from, to, words.size() > 2);
    }
  }

  private void copyOne(String where, String from, String to, boolean intoFolder)
      throws IOException {
    if (from.contains("://")) {
      log.warn(where + from + " is left out: use a task MAKE_SWARM_USER_CONTENT for downloads");
      return;
    }
    List<Path> found = matching(from);
    if (found.isEmpty()) {
      throw new RunFailure(where + from + ": there is no such file in the build context");
    }
    Path target = inRoot(absolute(to));
    for (Path file : found) {
      boolean isFolder =
          to.endsWith("/") || to.equals(".") || intoFolder || Files.isDirectory(target);
      if (Files.isDirectory(file)) {
        copyTree(file, target);
      } else {
        Path copy = isFolder ? target.resolve(file.getFileName()) : target;
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Files of the context; the pattern cannot leave it. */
  private List<Path> matching(String pattern) throws IOException {
    String relative = pattern.replaceFirst("^[./]*/", "");
    if (relative.isEmpty() || relative.equals(".")) {
      return List.of(context);
    }
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + relative.replaceFirst("/$", ""));
    try (Stream<Path> files = Files.walk(context)) {
      return files.filter(file -> matcher.matches(context.relativize(file))).sorted().toList();
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else if (Files.isRegularFile(file)) {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private void set(String arguments) {
    List<String> words = CommandWords.split(expand(arguments));
    if (words.size() == 2 && !words.get(0).contains("=")) {
      variables.put(words.get(0), words.get(1)); // ENV NAME VALUE
      return;
    }
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        variables.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
  }

  private String expand(String text) {
    Matcher variable = VARIABLE.matcher(text);
    return variable.replaceAll(
        found -> {
          String name = found.group(1) == null ? found.group(2) : found.group(1);
          return Matcher.quoteReplacement(variables.getOrDefault(name, ""));
        });
  }

  private String absolute(String path) {
    return path.startsWith("/") ? path : directory + "/" + path;
  }

  /** Where a path of the image is on this host. */
  private Path inRoot(String path) {
    Path place = environment.root().resolve(path.replaceFirst("^/+", "")).normalize();
    if (!place.startsWith(environment.root())) {
      throw new RunFailure(path + " leads out of the environment");
    }
    return place;
  }
}
