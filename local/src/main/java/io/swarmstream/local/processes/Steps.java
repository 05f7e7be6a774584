package io.swarmstream.local.processes;

import java.util.concurrent.Callable;

/** Receives each step that takes time. */
@FunctionalInterface
public interface Steps {
  /** Runs a step; {@code what} describes it. */
  <T> T run(String what, Callable<T> step) throws Exception;

  /** Runs the steps without reporting them. */
  static Steps silent() {
    return new Steps() {
      @Override
      public <T> T run(String what, Callable<T> step) throws Exception {
        return step.call();
      }
    };
  }
}
