package io.swarmstream.shell.instructions.control;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.io.IOException;
import java.util.List;

/** Lists a folder. */
public final class Ls implements Instruction {
  @Override
  public About about() {
    return About.of(
        "LS [ <option> ] [ <folder> ]",
        "Lists a folder. Options of other shells, such as -l, change nothing.",
        "ls",
        "ls swci");
  }

  @Override
  public Object run(ShellCall call) throws IOException {
    String first = call.values().find("option").orElse(".");
    String folder = call.values().find("folder").orElse(first.startsWith("-") ? "." : first);
    List<String> names = call.session().workplace().list(folder);
    names.forEach(call::say);
    return names;
  }
}
