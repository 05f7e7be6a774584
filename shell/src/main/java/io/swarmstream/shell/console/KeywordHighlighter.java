package io.swarmstream.shell.console;

import io.swarmstream.shell.grammar.Grammar;
import io.swarmstream.shell.session.Instruction;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.LineReader;
import org.jline.reader.impl.DefaultHighlighter;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours keywords, quoted texts and comments. */
final class KeywordHighlighter extends DefaultHighlighter {
  private static final Pattern PIECE =
      Pattern.compile("(?<=^|\\s)#.*|\"[^\"]*\"?|'[^']*'?|[^\\s\"']+|\\s+");

  private final Set<String> keywords = new HashSet<>();

  KeywordHighlighter(Grammar<Instruction> grammar) {
    for (Instruction instruction : grammar.rules().keySet()) {
      Matcher words = Pattern.compile("(?<![<\\w])[A-Z]+").matcher(instruction.about().syntax());
      while (words.find()) {
        keywords.add(words.group());
      }
    }
  }

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    AttributedStringBuilder line = new AttributedStringBuilder();
    Matcher pieces = PIECE.matcher(buffer);
    while (pieces.find()) {
      line.styled(style(pieces.group()), pieces.group());
    }
    return line.toAttributedString();
  }

  private AttributedStyle style(String piece) {
    if (piece.startsWith("#")) {
      return AttributedStyle.DEFAULT.faint();
    }
    if (piece.startsWith("\"") || piece.startsWith("'")) {
      return AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
    }
    return keywords.contains(piece.toUpperCase(Locale.ROOT))
        ? AttributedStyle.DEFAULT.bold().foreground(AttributedStyle.CYAN)
        : AttributedStyle.DEFAULT;
  }
}
