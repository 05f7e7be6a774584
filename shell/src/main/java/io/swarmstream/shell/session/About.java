package io.swarmstream.shell.session;

import java.util.List;

/**
 * What users read about an instruction.
 *
 * @param syntax as the grammar reads it
 * @param summary a sentence or two
 * @param examples lines that work
 */
public record About(String syntax, String summary, List<String> examples) {
  public static About of(String syntax, String summary, String... examples) {
    return new About(syntax, summary, List.of(examples));
  }
}
