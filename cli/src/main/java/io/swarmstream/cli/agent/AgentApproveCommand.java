package io.swarmstream.cli.agent;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code swarm agent approve}. */
@Command(
    name = "approve",
    description = "Lets a run that waits begin, or all runs of a task or of an author.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AgentApproveCommand implements Callable<Integer> {
  @Mixin private AnswerChoice choice;
  @Mixin private AgentPlace place;

  @Override
  public Integer call() throws Exception {
    try {
      place.say("Noted: " + choice.answer(place.desk(), true) + " is approved.");
      return 0;
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }
}
