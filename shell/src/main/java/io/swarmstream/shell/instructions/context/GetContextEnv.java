package io.swarmstream.shell.instructions.context;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.util.Map;

/** Says the value of a context's variable. */
public final class GetContextEnv implements Instruction {
  @Override
  public About about() {
    return About.of(
        "GET CONTEXT ENV [ <context> ] <env>",
        "Says the value of a variable of a context; without a name, of the present one.",
        "GET CONTEXT ENV training SWCI_RUN_TASK_MAX_WAIT_TIME");
  }

  @Override
  public Object run(ShellCall call) {
    Map<String, String> environment = call.context().environment();
    String value = environment.get(call.text("env"));
    if (value == null) {
      throw new IllegalArgumentException(
          "context "
              + call.context().name()
              + " has no variable "
              + call.text("env")
              + "; it has "
              + environment.keySet().stream().sorted().toList());
    }
    call.say(call.text("env"), value);
    return Map.of(call.text("env"), value);
  }
}
