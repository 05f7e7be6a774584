package io.swarmstream.shell.instructions.control;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Pauses. */
public final class Sleep implements Instruction {
  @Override
  public About about() {
    return About.of("SLEEP <seconds>", "Pauses for some seconds.", "SLEEP 15");
  }

  @Override
  public @Nullable Object run(ShellCall call) throws InterruptedException {
    Duration time = Duration.ofSeconds(call.values().number("seconds", 0));
    call.session().pace().pause(call.session().bounded(time));
    return null;
  }
}
