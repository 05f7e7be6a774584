package io.swarmstream.shell.instructions.contract;

import io.swarmstream.contracts.Draft;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;

/** Makes a contract's training start anew. */
public final class ResetContract implements Instruction {
  @Override
  public About about() {
    return About.of(
        "RESET CONTRACT <contract>",
        "Makes the training of a contract start anew, under a new name on the chain. Refused while"
            + " sites train.",
        "RESET CONTRACT defaultbb.cqdb.sml.hpe");
  }

  @Override
  public Object run(ShellCall call) {
    String name = call.text("contract");
    ContractProgress progress = ContractProgress.of(name, call.swarm());
    if (progress.state() == ContractProgress.State.TRAINING) {
      throw new IllegalStateException(
          "contract "
              + name
              + " is being trained by "
              + String.join(", ", progress.training())
              + " and has "
              + progress.rounds()
              + " rounds; wait until it is complete, or stop it: RESET TASKRUNNER");
    }
    if (progress.state() == ContractProgress.State.UNINITIALISED) {
      call.say("CONTRACT RESET", name + " (it had not begun)");
      return call.swarm().contract(name);
    }
    Draft draft =
        call.swarm()
            .draft(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        name
                            + " was created without a draft, and terms on the chain never change;"
                            + " CREATE CONTRACT makes another"));
    call.swarm().reset(draft);
    call.say("CONTRACT RESET", name);
    return call.swarm().contract(name);
  }
}
