package io.swarmstream.tasks.run;

/**
 * A folder or file of the host, or a volume, that a trainer sees.
 *
 * @param source absolute path without links (see the policy's decision), or a volume's name
 * @param target absolute path at which the trainer sees it
 */
public record TrainerMount(Kind kind, String source, String target, boolean isReadOnly) {
  /** How HPE's files call the kinds. */
  public enum Kind {
    BIND,
    VOLUME
  }
}
