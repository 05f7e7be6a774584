package io.swarmstream.shell.instructions.contract;

import io.swarmstream.clients.network.ContractInfo;
import io.swarmstream.clients.network.EnrolledSiteInfo;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what a contract is: its terms and sites. */
public final class GetContractInfo implements Instruction {
  @Override
  public About about() {
    return About.of(
        "GET CONTRACT INFO <contract>",
        "Says what does not change while a contract is trained: terms, owner, sites.",
        "GET CONTRACT INFO defaultbb.cqdb.sml.hpe");
  }

  @Override
  public Object run(ShellCall call) {
    ContractInfo contract = call.swarm().contract(call.text("contract"));
    call.say("CONTRACT NAME", contract.name());
    call.say("CONTRACT ON CHAIN", contract.contract());
    call.say("GENERATION", contract.generation());
    call.say("STATUS", contract.status());
    say(call, "OWNER", contract.owner());
    say(call, "COORDINATOR", contract.coordinator());
    say(call, "MERGE METHOD", contract.method());
    say(call, "MIN PEERS", contract.minPeers());
    say(call, "GRACE PERIOD MS", contract.gracePeriodMs());
    say(call, "PARAMETERS", contract.parameters());
    say(call, "ENCODING", contract.encoding());
    say(call, "ADAPTIVE INTERVAL", contract.adaptiveInterval());
    say(call, "LAYOUT", contract.layoutHash());
    say(call, "LIMITS", contract.limits());
    say(call, "PAYLOAD HASH", contract.payloadHash());
    say(call, "OPTIMIZER", contract.optimizer());
    say(call, "PRIVACY", contract.privacy());
    call.say(
        "SITES",
        contract.sites().stream().map(EnrolledSiteInfo::name).collect(Collectors.joining(", ")));
    return contract;
  }

  private static void say(ShellCall call, String key, @Nullable Object value) {
    call.say(key, value == null ? "decided by the first trainer" : value);
  }
}
