package io.swarmstream.cli.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import picocli.CommandLine.Option;

/** The option of commands whose result programs read, too. */
public final class JsonChoice {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Option(names = "--json", description = "Print the result as one JSON object and nothing else.")
  private boolean json;

  /** Whether a program reads the result. */
  public boolean isJson() {
    return json;
  }

  /** A result as all commands print it. */
  public static String text(Object result) throws JsonProcessingException {
    return JSON.writeValueAsString(result);
  }
}
