package io.swarmstream.shell.service;

import io.swarmstream.shell.session.Interpreter;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.util.ArrayList;
import java.util.List;

/** The two requests that clients of HPE Swarm Learning send. */
final class ExecRoutes {
  private static final int MOST_CHARACTERS = 8_192;

  /** Bounds an answer; a body of a task may have ten thousand lines. */
  private static final int MOST_LINES = 200_000;

  /** A definition, and what multipart adds to it. */
  private static final int MOST_UPLOAD_BYTES = (10 << 20) + 4_096;

  private final Interpreter interpreter;
  private final RemoteSessions sessions;
  private final Uploads uploads;

  ExecRoutes(Interpreter interpreter, RemoteSessions sessions, Uploads uploads) {
    this.interpreter = interpreter;
    this.sessions = sessions;
    this.uploads = uploads;
  }

  List<ApiRoute<ShellCaller>> all() {
    return List.of(
        ApiRoute.<ShellCaller>of(
                "POST",
                "/exec",
                "exec",
                "Runs a command in the session of the caller's certificate. A WAIT or SLEEP ends"
                    + " after 30 s; send it again.",
                ShellGate.ALLOWED,
                this::exec)
            .query("cmd", String.class, "The command, one line.")
            .gives(ExecAnswer.class),
        ApiRoute.<ShellCaller>of(
                "POST",
                "/uploadTaskDef",
                "uploadTaskDef",
                "Stores the part 'file', a task definition of at most 10 MB, for CREATE TASK FROM.",
                ShellGate.ALLOWED,
                this::upload)
            .takes("multipart/form-data", MOST_UPLOAD_BYTES)
            .gives(ExecAnswer.class));
  }

  private ExecAnswer exec(ApiCall<ShellCaller> call) throws Exception {
    String command =
        call.query("cmd")
            .orElseThrow(
                () -> ApiProblem.badValue("cmd", "cmd is missing: POST /exec?cmd=LIST%20TASKS"));
    if (command.length() > MOST_CHARACTERS) {
      throw ApiProblem.of(
          413,
          "too-large",
          "cmd has " + command.length() + " characters; at most " + MOST_CHARACTERS + " are run");
    }
    if (command.strip().lines().count() > 1) {
      throw ApiProblem.badValue("cmd", "cmd has several lines; send one command at a time");
    }
    List<String> lines = new ArrayList<>();
    var unused =
        sessions.with(
            call.caller().key(),
            session ->
                interpreter.run(
                    command.strip(),
                    session,
                    line -> {
                      if (lines.size() < MOST_LINES) {
                        lines.add(line);
                      }
                    },
                    ""));
    return new ExecAnswer(List.copyOf(lines));
  }

  private ExecAnswer upload(ApiCall<ShellCaller> call) throws Exception {
    MultipartBody.Part file =
        MultipartBody.of(call.header("Content-Type").orElse(""), call.bytes()).part("file");
    String name = uploads.store(file);
    return new ExecAnswer(List.of("Uploaded : " + name));
  }
}
