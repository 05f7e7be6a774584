package io.swarmstream.tasks.agent;

import io.swarmstream.tasks.definitions.AgentProfile;
import io.swarmstream.tasks.run.ResourceManager;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a host runs tasks with.
 *
 * @param wheel our Python package, for builds
 */
public record HostParts(AgentProfile profile, ResourceManager manager, Optional<Path> wheel) {
  HostOrders orders() {
    return new HostOrders(profile, manager, wheel);
  }
}
