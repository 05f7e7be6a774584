package io.swarmstream.cli.shell;

import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.folder.NodeSettings;
import io.swarmstream.shell.swarm.ShellMember;
import io.swarmstream.site.node.join.SiteFolder;
import io.swarmstream.site.node.join.SiteSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the member that a folder belongs to: a network node's, or one that has joined. */
public final class MemberFolder {
  private MemberFolder() {}

  /**
   * The member of a folder.
   *
   * @param given empty: the usual folder of a network node, else that of a site
   * @throws IllegalStateException when no member is there
   */
  public static ShellMember find(Optional<Path> given) throws IOException {
    List<Path> places =
        given
            .map(folder -> List.of(folder.toAbsolutePath()))
            .orElseGet(() -> List.of(SwarmFolders.network(), SwarmFolders.site()));
    for (Path place : places) {
      Optional<ShellMember> found = in(place);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new IllegalStateException(
        "no member is in "
            + String.join(" or ", places.stream().map(Path::toString).toList())
            + "; name the folder of a network node, or of 'swarm site join': --folder");
  }

  /** The member of one of the usual folders. */
  public static Optional<ShellMember> usual() throws IOException {
    Optional<ShellMember> network = in(SwarmFolders.network());
    return network.isPresent() ? network : in(SwarmFolders.site());
  }

  private static Optional<ShellMember> in(Path place) throws IOException {
    // Only reads what is there: opening would create the folder.
    if (place.resolve("network.properties").toFile().exists()) {
      return Optional.of(ofNetwork(NetworkFolder.existing(place)));
    }
    return place.resolve(SiteSettings.FILE).toFile().exists()
        ? Optional.of(ofSite(SiteFolder.existing(place)))
        : Optional.empty();
  }

  private static ShellMember ofNetwork(NetworkFolder folder) throws IOException {
    NodeSettings settings = folder.requiredSettings();
    return new ShellMember(
        folder.path(),
        settings.name(),
        folder.identity(),
        folder.account(),
        folder.chainOptions(),
        Stream.concat(Stream.of(settings.url()), settings.otherNodes().stream())
            .distinct()
            .map(URI::create)
            .toList());
  }

  private static ShellMember ofSite(SiteFolder folder) throws IOException {
    SiteSettings settings = folder.requiredSettings();
    return new ShellMember(
        folder.path(),
        settings.name(),
        folder.identity(),
        folder.account(),
        settings.chainOptions(folder.identity().path()),
        settings.nodeUrls());
  }
}
