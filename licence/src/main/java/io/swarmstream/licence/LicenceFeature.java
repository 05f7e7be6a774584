package io.swarmstream.licence;

import java.util.Arrays;

/** A kind of node that places are counted for, by the names of HPE Swarm Learning. */
public enum LicenceFeature {
  /** Network node. */
  SN,
  /** Site node. */
  SL,
  /** Task agent. */
  SWOP;

  /**
   * The feature of a name.
   *
   * @throws IllegalArgumentException listing all names
   */
  public static LicenceFeature of(String name) {
    return Arrays.stream(values())
        .filter(feature -> feature.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "feature is " + name + "; it has to be one of " + Arrays.toString(values())));
  }
}
