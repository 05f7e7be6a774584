package io.swarmstream.shell.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a line.
 *
 * @param command the line
 * @param isDone whether it succeeded
 * @param lines that it said, without the error
 * @param result for programs; null: none
 * @param error one sentence; null: it succeeded
 * @param column of the mistake in the line, from 1; null: the line is a command
 */
public record Outcome(
    @JsonProperty("command") String command,
    @JsonProperty("ok") boolean isDone,
    @JsonProperty("lines") List<String> lines,
    @JsonProperty("result") @Nullable Object result,
    @JsonProperty("error") @Nullable String error,
    @JsonProperty("column") @Nullable Integer column) {
  /** How lines begin that say what failed. */
  public static final String ERROR = "ERROR ";

  /** Whether the line is no command. */
  public boolean isSyntaxError() {
    return column != null;
  }
}
