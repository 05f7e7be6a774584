package io.swarmstream.network.setup;

import io.swarmstream.network.chain.GethBinary;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Tells people what a setup is doing. */
@FunctionalInterface
public interface SetupProgress {
  void say(String what);

  /** Finds geth, and tells when it has to be built. */
  default Path geth() {
    Consumer<String> lines = this::say;
    return GethBinary.findOrBuild(lines);
  }
}
