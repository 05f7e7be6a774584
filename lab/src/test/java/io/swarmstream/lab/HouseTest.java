package io.swarmstream.lab;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The house as a whole: what its documents say of the modules, its names and its sizes. */
class HouseTest {
  private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();

  private static final int MOST_LINES = 320;
  private static final int MEDIAN_LINES = 70;

  /** A row of the table of modules: module, sentence, what it may import. */
  private static final Pattern ROW = Pattern.compile("\\| `([\\w/-]+)` \\|([^|]+)\\|([^|]+)\\|");

  private static final Pattern NAME = Pattern.compile("`([\\w/-]+)`");

  @Test
  void eachModuleImportsWhatTheArchitectureSays() throws Exception {
    Map<String, String> modules = modulesByArtifact();
    Map<String, Set<String>> real = new TreeMap<>();
    for (String module : modules.values()) {
      Set<String> imports = new TreeSet<>();
      for (Element dependency : children(pom(module), "dependencies", "dependency")) {
        String imported = modules.get(text(dependency, "artifactId"));
        if (imported != null && !text(dependency, "scope").equals("test")) {
          imports.add(imported);
        }
      }
      real.put(module, imports);
    }
    assertThat(documented()).isEqualTo(real);
  }

  private static Map<String, Set<String>> documented() throws IOException {
    Map<String, Set<String>> documented = new TreeMap<>();
    String page = Files.readString(HOUSE.resolve("docs/architecture.md"));
    String table = page.substring(page.indexOf("| module |"));
    Matcher row = ROW.matcher(table.substring(0, table.indexOf("\n\n")));
    while (row.find()) {
      Set<String> imports = new TreeSet<>();
      Matcher name = NAME.matcher(row.group(3));
      while (name.find()) {
        imports.add(name.group(1));
      }
      documented.put(row.group(1), imports);
    }
    return documented;
  }

  /** Modules with Java code, by their artifact's name. */
  private static Map<String, String> modulesByArtifact() throws Exception {
    Map<String, String> modules = new TreeMap<>();
    for (Element module : children(pom("."), "modules", "module")) {
      String folder = module.getTextContent();
      if (Files.isDirectory(HOUSE.resolve(folder).resolve("src/main/java"))) {
        modules.put(text(pom(folder), "artifactId"), folder);
      }
    }
    return modules;
  }

  @Test
  void noTwoClassesHaveOneName() throws IOException {
    Map<String, Set<String>> places =
        mainFiles().stream()
            .filter(file -> !file.endsWith("package-info.java"))
            .collect(
                groupingBy(
                    file -> file.getFileName().toString(),
                    TreeMap::new,
                    mapping(
                        file -> HOUSE.relativize(file).toString(), toCollection(TreeSet::new))));
    places.values().removeIf(files -> files.size() == 1);
    assertThat(places).isEmpty();
  }

  @Test
  void filesAreSmall() throws IOException {
    List<Integer> sizes = new ArrayList<>();
    List<String> large = new ArrayList<>();
    for (Path file : mainFiles()) {
      if (file.endsWith("package-info.java")) {
        continue;
      }
      int lines = Files.readAllLines(file).size();
      sizes.add(lines);
      if (lines > MOST_LINES) {
        large.add(HOUSE.relativize(file) + " has " + lines + " lines");
      }
    }
    sizes.sort(null);
    assertThat(large).isEmpty();
    assertThat(sizes.get(sizes.size() / 2)).isLessThanOrEqualTo(MEDIAN_LINES);
  }

  private static List<Path> mainFiles() throws IOException {
    try (Stream<Path> files = Files.walk(HOUSE)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/main/java/"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }

  private static Element pom(String module) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(HOUSE.resolve(module).resolve("pom.xml").toFile())
        .getDocumentElement();
  }

  /** The elements below one of the project's own elements. */
  private static List<Element> children(Element project, String list, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = project.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(list)) {
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
          if (child instanceof Element element && child.getNodeName().equals(name)) {
            found.add(element);
          }
        }
      }
    }
    return found;
  }

  /** Text of a direct child; empty without one. */
  private static String text(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(name)) {
        return node.getTextContent().strip();
      }
    }
    return "";
  }
}
