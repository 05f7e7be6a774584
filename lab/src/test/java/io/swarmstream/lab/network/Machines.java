package io.swarmstream.lab.network;

import io.swarmstream.schemas.processes.FreePort;
import java.nio.file.Path;
import java.util.List;

/** Where the programs of organisations run. */
interface Machines extends AutoCloseable {
  /** A machine in the network of an organisation; all that share a folder share their files. */
  Machine of(String organisation, Path folder);

  /** A port that is free on any of them. */
  default String port() {
    return Integer.toString(FreePort.any());
  }

  @Override
  void close() throws Exception;

  /** All on this machine's loopback interface. */
  static Machines onLoopback(String host) {
    return new Machines() {
      @Override
      public Machine of(String organisation, Path folder) {
        return new Machine(folder, host, List.of());
      }

      @Override
      public void close() {}
    };
  }
}
