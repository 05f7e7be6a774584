package io.swarmstream.shell.grammar;

import java.util.Map;
import java.util.Optional;

/** What a value of a command is: how it is checked, and what completes it. */
public enum ValueKind {
  /** Any word, or a quoted text. */
  WORD,
  CONTEXT,
  CONTRACT,
  TASK,
  TASK_TYPE,
  TASKRUNNER,
  /** Name of the member that an agent is, or its account. */
  AGENT,
  /** Name of an environment variable of a context. */
  VARIABLE,
  HOST,
  FILE,
  FOLDER,
  /** Peers that a task needs. */
  PEERS(1, 100_000),
  PORT(1, 65_535),
  RETRIES(1, 1_000_000),
  SECONDS(0, 86_400),
  LINE_NUMBER(1, 1_000_000),
  /** The rest of the line as it is; quotes around all of it are taken off. */
  TEXT,
  /** The first words of a command. */
  COMMAND;

  private static final Map<String, ValueKind> BY_NAME =
      Map.ofEntries(
          Map.entry("context", CONTEXT),
          Map.entry("contract", CONTRACT),
          Map.entry("task", TASK),
          Map.entry("prerequisite", TASK),
          Map.entry("type", TASK_TYPE),
          Map.entry("taskrunner", TASKRUNNER),
          Map.entry("agent", AGENT),
          Map.entry("env", VARIABLE),
          Map.entry("host", HOST),
          Map.entry("file", FILE),
          Map.entry("folder", FOLDER),
          Map.entry("n", PEERS),
          Map.entry("port", PORT),
          Map.entry("retries", RETRIES),
          Map.entry("seconds", SECONDS),
          Map.entry("number", LINE_NUMBER),
          Map.entry("line", TEXT),
          Map.entry("command", COMMAND));

  private final long min;
  private final long max;

  ValueKind() {
    this(0, -1);
  }

  ValueKind(long min, long max) {
    this.min = min;
    this.max = max;
  }

  /** The kind of a value that a syntax names so; other names are words. */
  static ValueKind of(String name) {
    return BY_NAME.getOrDefault(name, WORD);
  }

  /** Whether it takes all that follows. */
  boolean isRest() {
    return this == TEXT || this == COMMAND;
  }

  boolean isNumber() {
    return max >= min;
  }

  /** What has to be instead; empty: the text is fine. */
  Optional<String> wanted(String text) {
    if (!isNumber()) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return Optional.empty();
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    return Optional.of("a whole number from " + min + " to " + max);
  }
}
