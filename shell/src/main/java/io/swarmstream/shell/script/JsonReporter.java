package io.swarmstream.shell.script;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.swarmstream.shell.session.Outcome;
import io.swarmstream.shell.session.Output;
import java.io.PrintWriter;

/** Prints one JSON object for each command, on one line. */
public final class JsonReporter implements Reporter {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
          .build();

  private final PrintWriter out;
  private final PrintWriter notes;

  /**
   * Prints.
   *
   * @param notes for what belongs to no command
   */
  public JsonReporter(PrintWriter out, PrintWriter notes) {
    this.out = out;
    this.notes = notes;
  }

  @Override
  public Output output() {
    return line -> {}; // the outcome has the lines
  }

  @Override
  public void begins(String prompt, String line) {}

  @Override
  public void ended(Outcome outcome, int number) {
    ObjectNode object = JSON.valueToTree(outcome);
    if (number > 0) {
      object.put("line", number);
    }
    try {
      out.println(JSON.writeValueAsString(object));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an outcome cannot be written as JSON", e);
    }
    out.flush();
  }

  @Override
  public void note(String text) {
    notes.println(text);
    notes.flush();
  }
}
