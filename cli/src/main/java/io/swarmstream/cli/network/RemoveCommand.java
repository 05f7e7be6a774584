package io.swarmstream.cli.network;

import io.swarmstream.clients.chain.ChainClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code swarm network remove}. */
@Command(
    name = "remove",
    description =
        "Ends a membership, and the member's places in all contracts. Its name is free again.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RemoveCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name of the member.")
  private String name;

  @Mixin private NetworkPlace place;

  @Override
  public Integer call() throws Exception {
    try (ChainClient chain = place.signing()) {
      place.say(place.governing(chain).remove(name), name + " is removed.");
    }
    return 0;
  }
}
