package io.swarmstream.shell.grammar;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values of a command, and which of its keywords were there. */
public final class Values {
  private final Map<String, String> texts;
  private final Set<String> keywords;

  private Values(Map<String, String> texts, Set<String> keywords) {
    this.texts = texts;
    this.keywords = keywords;
  }

  /** No values at all. */
  public static Values none() {
    return new Values(Map.of(), Set.of());
  }

  Values with(String name, String text) {
    Map<String, String> more = new HashMap<>(texts);
    more.put(name, text);
    return new Values(Map.copyOf(more), keywords);
  }

  Values with(String keyword) {
    Set<String> more = new HashSet<>(keywords);
    more.add(keyword);
    return new Values(texts, Set.copyOf(more));
  }

  /** A value that the syntax makes sure of. */
  public String text(String name) {
    return find(name).orElseThrow();
  }

  public Optional<String> find(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  /** Whether a value is one of these words, in any case. */
  boolean haveAny(Set<String> words) {
    return texts.values().stream().anyMatch(text -> words.contains(text.toUpperCase(Locale.ROOT)));
  }

  /** A number, which was checked when the line was read. */
  public int number(String name, int otherwise) {
    return find(name).map(Integer::parseInt).orElse(otherwise);
  }

  public boolean has(String keyword) {
    return keywords.contains(keyword);
  }
}
