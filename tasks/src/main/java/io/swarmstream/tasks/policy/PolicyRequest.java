package io.swarmstream.tasks.policy;

import io.swarmstream.tasks.definitions.ContainerOptions;
import io.swarmstream.tasks.run.TrainerMount;
import java.util.List;

/**
 * What a task would do on this host.
 *
 * @param authors members who created the task and its prerequisites, and who assigned it
 * @param images that are used or built upon; for each the names and digests that it is known by
 * @param commands that trainers would run, each with its arguments joined by blanks
 * @param mounts that trainers would see
 * @param networks of trainers
 * @param options of containers, one for each site
 * @param downloads URIs of content
 */
public record PolicyRequest(
    List<String> authors,
    List<List<String>> images,
    List<String> commands,
    List<AskedMount> mounts,
    List<String> networks,
    List<ContainerOptions> options,
    List<String> downloads) {
  /** Copies the lists. */
  public PolicyRequest {
    authors = List.copyOf(authors);
    images = List.copyOf(images);
    commands = List.copyOf(commands);
    mounts = List.copyOf(mounts);
    networks = List.copyOf(networks);
    options = List.copyOf(options);
    downloads = List.copyOf(downloads);
  }

  /**
   * A mount that is asked for.
   *
   * @param isOwn whether the owner's profile names its source, not the task
   */
  public record AskedMount(TrainerMount mount, boolean isOwn) {}

  /** A request of these authors that asks for nothing. */
  public static PolicyRequest by(List<String> authors) {
    return new PolicyRequest(
        authors, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** This request with images. */
  public PolicyRequest withImages(List<List<String>> asked) {
    return new PolicyRequest(authors, asked, commands, mounts, networks, options, downloads);
  }

  /** This request with a command for each site. */
  public PolicyRequest withCommands(List<String> asked) {
    return new PolicyRequest(authors, images, asked, mounts, networks, options, downloads);
  }

  /** This request with mounts. */
  public PolicyRequest withMounts(List<AskedMount> asked) {
    return new PolicyRequest(authors, images, commands, asked, networks, options, downloads);
  }

  /** This request with networks. */
  public PolicyRequest withNetworks(List<String> asked) {
    return new PolicyRequest(authors, images, commands, mounts, asked, options, downloads);
  }

  /** This request with options of containers. */
  public PolicyRequest withOptions(List<ContainerOptions> asked) {
    return new PolicyRequest(authors, images, commands, mounts, networks, asked, downloads);
  }

  /** This request with downloads. */
  public PolicyRequest withDownloads(List<String> asked) {
    return new PolicyRequest(authors, images, commands, mounts, networks, options, asked);
  }
}
