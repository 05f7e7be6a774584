package io.swarmstream.cli.network;

import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.cli.options.TextTable;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.MemberInfo;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm network members}. */
@Command(
    name = "members",
    description = "Lists who belongs to the swarm.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MembersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--all", description = "Also members that were removed.")
  private boolean all;

  @Mixin private JsonChoice json;
  @Mixin private NetworkPlace place;

  @Override
  public Integer call() throws Exception {
    List<MemberInfo> members;
    try (ChainClient chain = place.signing()) {
      members =
          chain.members().all().stream()
              .filter(member -> all || !member.status().code().equals("removed"))
              .map(MembersCommand::info)
              .toList();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json.isJson()) {
      out.println(JsonChoice.text(members));
      return 0;
    }
    TextTable table = new TextTable("member", "organisation", "status", "roles", "account", "key");
    for (MemberInfo member : members) {
      String id = member.spiffeId();
      table.row(
          member.name(),
          member.organisation(),
          member.status(),
          String.join(",", member.roles()),
          member.account(),
          id == null ? brief(member.certificateKey()) : id);
    }
    table.print(out);
    return 0;
  }

  private static String brief(String keyHash) {
    return keyHash.isEmpty() ? "–" : keyHash.substring(0, 16) + "…";
  }

  private static MemberInfo info(Member member) {
    return new MemberInfo(
        member.name(),
        member.organisation(),
        member.account(),
        member.roles().stream().map(Role::code).sorted().toList(),
        member.status().code(),
        member.keyHash(),
        member.spiffeId().isEmpty() ? null : member.spiffeId());
  }
}
