package io.swarmstream.tasks.agent;

import io.swarmstream.tasks.definitions.Variables;
import java.nio.file.Path;

/**
 * The node of a site to start.
 *
 * @param member folder of the site's member
 * @param channels folder that the site shares with its trainer: the socket {@link #SOCKET} and
 *     HPE's pipes
 * @param place folder for its log and its process ID
 * @param variables of its environment, beside this process's, or instead
 */
public record SiteOrder(Path member, Path channels, Path place, Variables variables) {
  /** Name of the Unix socket. */
  public static final String SOCKET = "site.sock";

  public Path socket() {
    return channels.resolve(SOCKET);
  }

  Path log() {
    return place.resolve("site.log");
  }
}
