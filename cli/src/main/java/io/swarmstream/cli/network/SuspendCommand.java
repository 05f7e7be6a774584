package io.swarmstream.cli.network;

import io.swarmstream.clients.chain.ChainClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code swarm network suspend}. */
@Command(
    name = "suspend",
    description =
        "Takes all rights of a member until they are given back: at the network nodes, in Kafka, on"
            + " the chain.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SuspendCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name of the member.")
  private String name;

  @Mixin private NetworkPlace place;

  @Override
  public Integer call() throws Exception {
    try (ChainClient chain = place.signing()) {
      place.say(
          place.governing(chain).suspend(name),
          name + " is suspended; 'swarm network resume " + name + "' gives its rights back.");
    }
    return 0;
  }
}
