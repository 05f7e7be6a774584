package io.swarmstream.local;

/**
 * One swarm for all tests of this JVM that leave its parts alone. Each test has contracts of its
 * own; their names are free in all of these tests.
 */
public final class SharedSwarm {
  private static final LocalSwarm SWARM = start();

  private SharedSwarm() {}

  private static LocalSwarm start() {
    try {
      LocalSwarm swarm = LocalSwarm.start(LocalSwarmOptions.defaults());
      Runtime.getRuntime().addShutdownHook(new Thread(swarm::close, "stop-shared-swarm"));
      return swarm;
    } catch (Exception e) {
      throw new IllegalStateException("the tests' swarm does not start", e);
    }
  }

  /** Ends with the JVM: not to be closed. */
  public static LocalSwarm swarm() {
    return SWARM;
  }
}
