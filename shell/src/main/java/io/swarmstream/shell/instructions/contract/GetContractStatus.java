package io.swarmstream.shell.instructions.contract;

import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;

/** Says how far a contract's training is. */
public final class GetContractStatus implements Instruction {
  @Override
  public About about() {
    return About.of(
        "GET CONTRACT STATUS <contract>",
        "Says how far the training of a contract is: UNINITIALISED, READY, TRAINING, COMPLETED or"
            + " STOPPED, its rounds, and who trains.",
        "GET CONTRACT STATUS defaultbb.cqdb.sml.hpe");
  }

  @Override
  public Object run(ShellCall call) {
    ContractProgress progress = ContractProgress.of(call.text("contract"), call.swarm());
    call.say("CONTRACT NAME", progress.name());
    call.say("CONTRACT ON CHAIN", progress.contract());
    call.say("CONTRACT STATE", progress.state());
    call.say("ROUNDS", progress.rounds());
    String model = progress.model();
    if (model != null) {
      call.say("MODEL", model);
    }
    call.say("SITES TRAINING", progress.training().size());
    progress.training().forEach(site -> call.say("  " + site));
    return progress;
  }
}
