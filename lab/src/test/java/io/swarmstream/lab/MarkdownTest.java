package io.swarmstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages are easy to read in an editor and a diff, and lead nowhere that does not exist. */
class MarkdownTest {
  private static final int COLUMNS = 120;
  private static final int README_LINES = 150;

  static Stream<MarkdownPage> pages() throws IOException {
    return MarkdownPage.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void hasNoLongLineOutsideTablesAndCode(MarkdownPage page) {
    assertThat(page.lines())
        .as(page.name())
        .filteredOn(line -> line.kind() == MarkdownPage.Kind.PROSE)
        .filteredOn(line -> line.text().codePointCount(0, line.text().length()) > COLUMNS)
        .as("%s: lines above %d columns; break them", page.name(), COLUMNS)
        .extracting(MarkdownPage.Line::number)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void hasNoDeadLink(MarkdownPage page) throws IOException {
    List<String> dead = new ArrayList<>();
    for (String link : page.links()) {
      if (!link.matches("[a-z]+:.*") && !leadsSomewhere(page, link)) {
        dead.add(link);
      }
    }
    assertThat(dead).as("%s: links to files or headings that do not exist", page.name()).isEmpty();
  }

  private static boolean leadsSomewhere(MarkdownPage page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path folder = Objects.requireNonNull(page.file().getParent());
    Path target = parts[0].isEmpty() ? page.file() : folder.resolve(parts[0]).normalize();
    return Files.exists(target)
        && (parts.length == 1
            || (target.toString().endsWith(".md")
                && MarkdownPage.read(target).anchors().contains(parts[1])));
  }

  /** For those who do not see it. */
  @ParameterizedTest
  @MethodSource("pages")
  void saysWhatEachImageShows(MarkdownPage page) {
    assertThat(page.lines())
        .as("%s: images without a text in the brackets", page.name())
        .filteredOn(line -> line.text().matches(".*!\\[\\s*]\\(.*"))
        .extracting(MarkdownPage.Line::number)
        .isEmpty();
  }

  @Test
  void everyImageIsShownSomewhere() throws IOException {
    Path images = RepositoryFiles.ROOT.resolve("docs/images");
    Set<String> shown =
        pages()
            .flatMap(page -> page.links().stream())
            .map(link -> link.replaceFirst(".*/", ""))
            .collect(Collectors.toSet());
    for (Path file : RepositoryFiles.all()) {
      if (file.startsWith(images)) {
        assertThat(shown).as("links to docs/images").contains(file.getFileName().toString());
      }
    }
  }

  @Test
  void readmeIsShort() throws IOException {
    assertThat(MarkdownPage.read(RepositoryFiles.ROOT.resolve("README.md")).lines())
        .as("README.md is at most %d lines; move the rest to docs/", README_LINES)
        .hasSizeLessThanOrEqualTo(README_LINES);
  }

  /** {@code docs/guarantees.md} names a test for each guarantee. */
  @Test
  void everyGuaranteeNamesTestsThatExist() throws IOException {
    Set<String> tests = names("docs/guarantees.md", "(\\w+(?:Test|ITCase)|test_\\w+\\.py)");

    assertThat(tests).hasSizeGreaterThan(10);
    assertThat(missing(tests, ".java", "")).isEmpty();
  }

  /** {@code docs/security-tests.md} names the method of a test for each attack. */
  @Test
  void everyAttackNamesTestsThatExist() throws IOException {
    Set<String> tests = names("docs/security-tests.md", "(\\w+(?:Test|ITCase|Contract)\\.\\w+)");

    assertThat(tests).hasSizeGreaterThan(20);
    Map<String, String> sources = new HashMap<>();
    for (Path file : RepositoryFiles.all()) {
      if (file.toString().contains("src/test/java")) {
        sources.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(tests)
        .allSatisfy(
            test -> {
              String[] names = test.split("\\.", 2);
              assertThat(sources.getOrDefault(names[0] + ".java", ""))
                  .contains("void " + names[1] + "(");
            });
  }

  /** So that a class which is renamed or moved is found in the page about all of them. */
  @Test
  void architectureNamesClassesThatExist() throws IOException {
    Set<String> classes = names("docs/architecture.md", "([A-Z]\\w+[a-z]\\w*)(?:[.(][^`]*)?");

    assertThat(classes).hasSizeGreaterThan(50);
    assertThat(missing(classes, ".java", ".avsc", ".sol"))
        .as("names in docs/architecture.md for which there is no Java, Avro or Solidity file")
        .isEmpty();
  }

  /** People search the logs for what {@code docs/failures.md} quotes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOT_RESTORED",
        "holds chunk",
        "is not in the log any more",
        "is not served yet",
        "is passed over",
        "published again",
        "recordsOfStrangers"
      })
  void failuresQuotesMessagesAsTheyAre(String quoted) throws IOException {
    String page = Files.readString(RepositoryFiles.ROOT.resolve("docs/failures.md"));
    assertThat(page).contains("`" + quoted);

    List<Path> saying = new ArrayList<>();
    for (Path file : RepositoryFiles.all()) {
      if (file.toString().contains("src/main/java") && Files.readString(file).contains(quoted)) {
        saying.add(file);
      }
    }
    assertThat(saying)
        .as("main code that says \"%s\", as docs/failures.md has it", quoted)
        .isNotEmpty();
  }

  /** What a page names in code spans of a form. */
  private static Set<String> names(String page, String form) throws IOException {
    return Pattern.compile("`" + form + "`")
        .matcher(Files.readString(RepositoryFiles.ROOT.resolve(page)))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Those for which no file has their name and one of the endings. */
  private static Set<String> missing(Set<String> names, String... endings) throws IOException {
    Set<String> files = RepositoryFiles.names();
    Set<String> missing = new TreeSet<>(names);
    missing.removeIf(name -> Stream.of(endings).anyMatch(ending -> files.contains(name + ending)));
    return missing;
  }
}
