package io.swarmstream.tasks.definitions;

/** What a mount's source is. */
public enum MountType {
  /** A folder or file of the host, by its path. */
  BIND,
  /** A volume of the resource manager, by its name. */
  VOLUME
}
