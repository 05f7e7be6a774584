package io.swarmstream.shell.instructions.contract;

import io.swarmstream.clients.network.ContractInfo;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Columns;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.util.List;

/** Lists the training contracts. */
public final class ListContracts implements Instruction {
  @Override
  public About about() {
    return About.of(
        "LIST CONTRACTS", "Lists the training contracts, drafts too.", "LIST CONTRACTS");
  }

  @Override
  public Object run(ShellCall call) {
    List<ContractInfo> contracts = call.swarm().contracts();
    Columns columns = new Columns();
    contracts.forEach(
        contract -> columns.row(contract.name(), contract.status(), contract.contract()));
    columns.say(call.out());
    return contracts;
  }
}
