package io.swarmstream.tasks.definitions;

import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a text with one YAML document. No objects are built from tags, and the size is bounded. */
final class YamlDocument {
  private static final int MOST_CHARACTERS = 8 << 20;

  /** What they stand for is bounded where it is read. */
  private static final int MOST_ALIASES = 10_000;

  private static final Pattern TAB = Pattern.compile("(?m)^[ ]*\t+[ \t]*[^\\s#]");

  private YamlDocument() {}

  /**
   * The document's value.
   *
   * @param source name of the text for messages
   */
  static YamlValue read(String source, String text) {
    return read(new YamlSource(source, false), source, text);
  }

  /** The same, for a text in which each field may be given once only. */
  static YamlValue readStrictly(String source, String text) {
    return read(new YamlSource(source, true), source, text);
  }

  private static YamlValue read(YamlSource of, String source, String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new DefinitionException(
          source,
          1,
          1,
          "the text has "
              + text.length()
              + " characters, expected at most "
              + MOST_CHARACTERS
              + "; move what is large into an image or a volume");
    }
    return new YamlValue(root(source, text), of, "the document");
  }

  private static Node root(String source, String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setCodePointLimit(MOST_CHARACTERS)
            .setUseMarks(true)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .build();
    String whole = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try {
      Iterator<Node> documents = new Compose(settings).composeAllFromString(whole).iterator();
      if (!documents.hasNext()) {
        throw new DefinitionException(source, 1, 1, "the text is empty, expected a map of fields");
      }
      Node first = documents.next();
      if (documents.hasNext()) {
        Optional<Mark> mark = documents.next().getStartMark();
        throw new DefinitionException(
            source,
            mark.map(Mark::getLine).orElse(0) + 1,
            mark.map(Mark::getColumn).orElse(0) + 1,
            "a second document begins, expected one; put it into a file of its own");
      }
      return first;
    } catch (MarkedYamlEngineException e) {
      throw notYaml(source, whole, e);
    } catch (YamlEngineException e) {
      throw new DefinitionException(source, 1, 1, "not YAML: " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new DefinitionException(source, 1, 1, "the text is nested too deeply");
    }
  }

  private static DefinitionException notYaml(
      String source, String text, MarkedYamlEngineException e) {
    int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
    int column = e.getProblemMark().map(Mark::getColumn).orElse(0) + 1;
    Matcher tab = TAB.matcher(text);
    if (tab.find()) {
      int tabLine = (int) text.substring(0, tab.start()).chars().filter(c -> c == '\n').count() + 1;
      if (tabLine == line || e.toString().contains("TAB")) {
        int at = text.indexOf('\t', tab.start()) - tab.start() + 1;
        return new DefinitionException(
            source, tabLine, at, "a tab indents the line, expected spaces; replace the tab");
      }
    }
    String problem = e.getProblem();
    return new DefinitionException(source, line, column, "not YAML: " + problem);
  }
}
