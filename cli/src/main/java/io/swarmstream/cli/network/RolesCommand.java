package io.swarmstream.cli.network;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.Role;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code swarm network roles}. */
@Command(
    name = "roles",
    description = "Sets what a member may do; what is not named, it may not do any more.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RolesCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the member.")
  private String name;

  @Parameters(
      index = "1",
      split = ",",
      paramLabel = "ROLE",
      description =
          "All its roles, separated by commas: site, network, job, owner, observer, agent, admin.")
  private List<String> roles;

  @Mixin private NetworkPlace place;

  @Override
  public Integer call() throws Exception {
    Set<Role> wanted = new LinkedHashSet<>();
    try {
      roles.forEach(role -> wanted.add(Role.named(role.strip())));
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
    try (ChainClient chain = place.signing()) {
      place.say(
          place.governing(chain).setRoles(name, wanted),
          name + " has the roles " + String.join(", ", roles) + ".");
    }
    return 0;
  }
}
