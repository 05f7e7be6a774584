package io.swarmstream.shell.instructions.task;

import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import io.swarmstream.shell.task.TaskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Registers a task of a file. */
public final class CreateTaskFrom implements Instruction {
  private static final long MOST_BYTES = 10 << 20;

  @Override
  public About about() {
    return About.of(
        "CREATE TASK FROM <file>",
        "Registers a task that a YAML file defines, with its body. FINALIZE TASK freezes it.",
        "CREATE TASK FROM swci/taskdefs/run.yaml");
  }

  @Override
  public Object run(ShellCall call) throws IOException {
    Path file = call.session().workplace().file(call.text("file"));
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(call.text("file") + " is no file that can be read");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IllegalArgumentException(
          call.text("file")
              + " has more than "
              + MOST_BYTES
              + " bytes; a definition has far fewer");
    }
    return register(call, call.session().taskReader().read(call.text("file"), TextFile.read(file)));
  }

  /** Registers a task that was read. */
  public static Task register(ShellCall call, TaskFile file) {
    file.warnings().forEach(warning -> call.say("WARNING - " + warning));
    call.say("Task definition is valid");
    String name = file.task().name();
    Tasks.checkFree(call, name);
    call.tasks().create(file.task());
    call.say("Task Registered", name);
    call.say("Appending Task Body");
    List<String> body = file.body();
    for (int from = 0; from < body.size(); from += BodyBatch.LINES) {
      BodyBatch.write(call, name, from + 1, BodyBatch.of(body, from));
    }
    return call.tasks().task(name).orElseThrow();
  }
}
