package io.swarmstream.cli.network;

import io.swarmstream.clients.chain.ChainClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code swarm network resume}. */
@Command(
    name = "resume",
    description = "Gives a suspended member its rights back.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ResumeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name of the member.")
  private String name;

  @Mixin private NetworkPlace place;

  @Override
  public Integer call() throws Exception {
    try (ChainClient chain = place.signing()) {
      place.say(place.governing(chain).resume(name), name + " is active.");
    }
    return 0;
  }
}
