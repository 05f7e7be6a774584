package io.swarmstream.shell.instructions.contract;

import io.swarmstream.contracts.Draft;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.time.Duration;

/** Makes a training contract. */
public final class CreateContract implements Instruction {
  /** How long a round waits for other live sites once enough have contributed. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  @Override
  public About about() {
    return About.of(
        "CREATE CONTRACT <contract>",
        "Makes a training contract. It is a draft on the chain; its first trainer decides merge"
            + " method, peers and layout. 'swarm contract create' has more options.",
        "CREATE CONTRACT digits");
  }

  @Override
  public Object run(ShellCall call) {
    String name = ContractTerms.checkName(call.text("contract"));
    boolean isThere =
        call.swarm().contracts().stream()
            .anyMatch(known -> known.name().equals(name) || known.contract().equals(name));
    if (isThere) {
      throw new IllegalArgumentException(
          "there is a contract "
              + name
              + " already; choose another name, or RESET CONTRACT "
              + name);
    }
    Draft draft = new Draft(name, 1, GRACE, null, null);
    call.swarm().write(draft);
    call.say("CONTRACT CREATED", name);
    return call.swarm().contract(name);
  }
}
