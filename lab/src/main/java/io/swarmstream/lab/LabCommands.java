package io.swarmstream.lab;

import io.swarmstream.cli.Subcommands;
import io.swarmstream.lab.attack.AttackCommand;
import io.swarmstream.lab.bench.BenchCommand;
import io.swarmstream.lab.chaos.ChaosCommand;
import io.swarmstream.lab.soak.SoakCommand;
import java.util.List;

/** Adds the laboratory's commands to {@code swarm}. */
public final class LabCommands implements Subcommands {
  @Override
  public List<Class<?>> classes() {
    return List.of(ChaosCommand.class, SoakCommand.class, BenchCommand.class, AttackCommand.class);
  }
}
