package io.swarmstream.tasks.run;

import java.time.Duration;
import java.util.List;

/**
 * Content to make.
 *
 * @param outcome name of the volume
 * @param sites indices of the sites that get a volume each; empty for one volume
 * @param steps in their order
 * @param maxBytes how much may be downloaded, and how much may be unpacked
 */
public record ContentOrder(
    String outcome, List<Integer> sites, List<Step> steps, long maxBytes, Duration limit) {
  /** Copies the lists. */
  public ContentOrder {
    sites = List.copyOf(sites);
    steps = List.copyOf(steps);
  }

  /** One step; paths are inside of the volume. */
  public sealed interface Step {
    /**
     * Fetches a file.
     *
     * @param from http, https or file URI
     * @param out file, or folder where it ends with a slash
     */
    record Download(String from, String out) implements Step {}

    /**
     * Unpacks an archive: tar, tar.gz, tgz, gz or zip.
     *
     * @param archive file in the volume
     * @param out folder
     */
    record Extract(String archive, String out) implements Step {}
  }

  /** Name of the volume of one site. */
  public static String volume(String outcome, int site) {
    return outcome + "-" + site;
  }
}
