package io.swarmstream.shell.instructions.context;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.util.Map;
import java.util.TreeMap;

/** Lists the variables of a context. */
public final class ListContextEnv implements Instruction {
  @Override
  public About about() {
    return About.of(
        "LIST CONTEXT ENV [ <context> ]",
        "Lists the variables of a context; without a name, of the present one.",
        "LIST CONTEXT ENV training");
  }

  @Override
  public Object run(ShellCall call) {
    Map<String, String> environment = new TreeMap<>(call.context().environment());
    environment.forEach(call::say);
    return environment;
  }
}
