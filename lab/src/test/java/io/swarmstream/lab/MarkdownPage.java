package io.swarmstream.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown file of the repository, each line marked as prose, table or code. */
record MarkdownPage(Path file, List<Line> lines) {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern INLINE_COMMAND = Pattern.compile("`(\\./swarm [^`]+)`");
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:\\$ )?((?:\\./swarm|swarm|mvn|java|flink|deploy/upgrade|\\$ACL|curl"
              + "|(?:sudo )?(?:\\S*/)?python3?|(?:\\S*/)?pip|apt-get) .*)");

  /** Code blocks of these languages may hold shell commands. */
  private static final Set<String> SHELL = Set.of("", "sh", "bash", "console");

  /** What a line is part of. */
  enum Kind {
    PROSE,
    TABLE,
    CODE
  }

  /**
   * One line.
   *
   * @param number counted from 1
   * @param language of the code block that the line is in; empty elsewhere
   */
  record Line(int number, Kind kind, String language, String text) {}

  static MarkdownPage read(Path file) throws IOException {
    List<Line> lines = new ArrayList<>();
    String fence = "";
    String language = "";
    int number = 0;
    for (String text : Files.readAllLines(file)) {
      number++;
      String start = text.strip();
      if (fence.isEmpty() && start.startsWith("```")) {
        fence = "```";
        language = start.substring(3).strip();
        lines.add(new Line(number, Kind.CODE, "fence", text));
      } else if (!fence.isEmpty() && start.equals(fence)) {
        fence = "";
        language = "";
        lines.add(new Line(number, Kind.CODE, "fence", text));
      } else if (!fence.isEmpty()) {
        lines.add(new Line(number, Kind.CODE, language, text));
      } else if (start.startsWith("|")) {
        lines.add(new Line(number, Kind.TABLE, "", text));
      } else {
        lines.add(new Line(number, Kind.PROSE, "", text));
      }
    }
    return new MarkdownPage(file, List.copyOf(lines));
  }

  /** All Markdown files that a checkout has. */
  static List<MarkdownPage> all() throws IOException {
    List<MarkdownPage> pages = new ArrayList<>();
    for (Path file : RepositoryFiles.all()) {
      if (file.getFileName().toString().endsWith(".md")) {
        pages.add(read(file));
      }
    }
    return pages;
  }

  /** The file's name from the root of the repository, with slashes. */
  String name() {
    return RepositoryFiles.ROOT.relativize(file).toString().replace('\\', '/');
  }

  /** Targets of all links and images, those to other hosts included. */
  List<String> links() {
    return text()
        .flatMap(text -> LINK.matcher(text).results())
        .map(found -> found.group(1))
        .toList();
  }

  /** What {@code #…} may name: the headings, as GitHub turns them into anchors. */
  Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    text()
        .filter(text -> text.startsWith("#"))
        .map(MarkdownPage::anchor)
        .forEach(
            anchor -> {
              int earlier = seen.merge(anchor, 1, Integer::sum) - 1;
              anchors.add(earlier == 0 ? anchor : anchor + "-" + earlier);
            });
    return anchors;
  }

  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ *", "")
        .replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
        .replace(' ', '-');
  }

  /**
   * The shell commands that the page tells people to run: lines of code blocks that begin with a
   * program, continued lines joined and comments dropped, and {@code ./swarm …} in the text.
   */
  List<String> commands() {
    List<String> commands = new ArrayList<>();
    StringBuilder begun = new StringBuilder();
    for (Line line : lines) {
      if (line.kind() != Kind.CODE) {
        INLINE_COMMAND
            .matcher(line.text())
            .results()
            .map(MarkdownPage::first)
            .forEach(commands::add);
      } else if (SHELL.contains(line.language())) {
        String text = line.text().replaceFirst("\\s+#.*", "").strip();
        boolean goesOn = text.endsWith("\\");
        begun.append(goesOn ? text.substring(0, text.length() - 1).strip() + " " : text);
        if (!goesOn) {
          COMMAND
              .matcher(begun)
              .results()
              .limit(1)
              .filter(found -> found.start() == 0)
              .map(MarkdownPage::first)
              .forEach(commands::add);
          begun.setLength(0);
        }
      }
    }
    return commands;
  }

  private static String first(MatchResult found) {
    return found.group(1);
  }

  /** Lines outside code. */
  private Stream<String> text() {
    return lines.stream().filter(line -> line.kind() != Kind.CODE).map(Line::text);
  }
}
