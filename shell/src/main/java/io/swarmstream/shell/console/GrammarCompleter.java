package io.swarmstream.shell.console;

import io.swarmstream.shell.grammar.Grammar;
import io.swarmstream.shell.session.Instruction;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes keywords from the grammar, and names from the swarm. */
final class GrammarCompleter implements Completer {
  private final Grammar<Instruction> grammar;
  private final NameSource names;

  GrammarCompleter(Grammar<Instruction> grammar, NameSource names) {
    this.grammar = grammar;
    this.names = names;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String typed = line.line().substring(0, line.cursor());
    String word = line.word().substring(0, Math.min(line.wordCursor(), line.word().length()));
    String before = typed.substring(0, typed.length() - word.length());
    for (Grammar.Next next : grammar.after(before)) {
      if (next.isValue()) {
        names.of(next.kind(), word).forEach(name -> candidates.add(candidate(name)));
      } else {
        candidates.add(candidate(next.keyword()));
      }
    }
  }

  private static Candidate candidate(String value) {
    boolean isFolder = value.endsWith("/");
    return new Candidate(value, value, null, null, null, null, !isFolder);
  }
}
