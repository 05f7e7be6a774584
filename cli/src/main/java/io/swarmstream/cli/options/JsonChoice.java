package io.swarmstream.cli.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import picocli.CommandLine.Option;

/** The option of commands that can print their result as JSON, for programs. */
public final class JsonChoice {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Option(names = "--json", description = "Print the result as one JSON object and nothing else.")
  private boolean json;

  /** Whether to print the result as JSON. */
  public boolean isJson() {
    return json;
  }

  /** Formats a result as all commands print it. */
  public static String text(Object result) throws JsonProcessingException {
    return JSON.writeValueAsString(result);
  }
}
