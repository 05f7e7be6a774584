package io.swarmstream.cli;

import java.util.List;

/**
 * Subcommands that another module adds to {@code swarm}. Implementations are found by {@link
 * java.util.ServiceLoader}, so that a module above this one extends the command.
 */
public interface Subcommands {
  /** Classes annotated with picocli's {@code Command}, in the order in which help lists them. */
  List<Class<?>> classes();
}
