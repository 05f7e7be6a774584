package io.swarmstream.local.processes;

import java.util.concurrent.Callable;

/** Is told of each step that takes time. */
@FunctionalInterface
public interface Steps {
  /** Runs a step; {@code what} says what is being done. */
  <T> T run(String what, Callable<T> step) throws Exception;

  /** Says nothing. */
  static Steps silent() {
    return new Steps() {
      @Override
      public <T> T run(String what, Callable<T> step) throws Exception {
        return step.call();
      }
    };
  }
}
