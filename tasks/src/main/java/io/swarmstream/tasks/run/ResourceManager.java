package io.swarmstream.tasks.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Builds what trainers run in, and runs them. Knows nothing of policies: whoever calls has asked
 * one. Methods may be called from several threads.
 *
 * <p>All methods throw {@link RunFailure} with a reason for people.
 */
public interface ResourceManager extends AutoCloseable {
  /**
   * Checks that the manager can work, such as that an engine listens on the socket.
   *
   * @return what it found, for people, such as the engine and its version
   */
  String check();

  /** Files of the manager that no trainer may see, such as the socket of an engine. */
  List<Path> closed();

  /**
   * Builds an image or environment, named by the order's outcome. Returns when it is there.
   * Replaces an earlier one of the same name only when it is complete.
   */
  TrainerRuntime build(BuildOrder order, WorkProgress progress);

  /** Fetches an image; it can be found by the outcome and by its own name afterwards. */
  TrainerRuntime pull(PullOrder order, WorkProgress progress);

  /** Downloads and unpacks content into a volume, or into one for each site. */
  void content(ContentOrder order, WorkProgress progress);

  /** The image or environment of a name, if it is on this host. */
  Optional<TrainerRuntime> runtime(String name);

  /**
   * Starts a trainer. It survives this process; {@link #running} finds it again.
   *
   * <p>An order for a run and a site that already has a trainer, running or not, replaces that
   * trainer.
   */
  StartedTrainer start(TrainerOrder order);

  /** The trainers of a run, started by whichever process, running or ended, by site. */
  List<StartedTrainer> running(String runKey);

  /**
   * The keys of all runs that have trainers here; for an agent that looks for what is left over.
   */
  List<String> runs();

  /** Stops and removes all trainers of a run, with their logs. Does nothing when there are none. */
  void remove(String runKey);

  /** Lets go of connections. Trainers go on. */
  @Override
  void close();
}
