package io.swarmstream.shell.instructions.task;

import io.swarmstream.shell.session.ShellCall;
import java.util.List;

/** Writes the lines of a body in pieces, so that a long one shows that it moves. */
final class BodyBatch {
  static final int LINES = 500;

  private BodyBatch() {}

  static List<String> of(List<String> body, int from) {
    return body.subList(from, Math.min(body.size(), from + LINES));
  }

  static void write(ShellCall call, String task, int from, List<String> lines) {
    call.tasks().writeBody(task, from, lines);
    call.say("batch start : " + from + " , len : " + lines.size() + " Successful");
  }
}
