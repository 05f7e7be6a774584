package io.swarmstream.shell.session;

/** Takes what an instruction says, a line at a time. */
@FunctionalInterface
public interface Output {
  void say(String line);
}
