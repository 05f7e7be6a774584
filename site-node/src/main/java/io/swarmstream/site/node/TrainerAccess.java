package io.swarmstream.site.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which users reach what a node shares with its trainer in a folder: this user alone, or
 * also the folder's group if that may write to the folder. Never all users of the machine.
 */
public final class TrainerAccess {
  private TrainerAccess() {}

  /** What its folder says of a file, pipe or socket. */
  public static Set<PosixFilePermission> permissions(Path made) throws IOException {
    return PosixFilePermissions.fromString(isShared(folder(made)) ? "rw-rw----" : "rw-------");
  }

  /** Gives a new file, pipe or socket the group that its folder says. */
  public static void grantGroup(Path made) throws IOException {
    if (isShared(folder(made))) {
      GroupPrincipal group = view(folder(made)).readAttributes().group();
      if (!group.equals(view(made).readAttributes().group())) {
        view(made).setGroup(group);
      }
    }
  }

  /**
   * Gives a new plain file the access that its folder says.
   *
   * @throws IOException also when it has become a link: whoever may write to the folder must not
   *     open other files of this user by it
   */
  public static void grantFile(Path made) throws IOException {
    grantGroup(made);
    view(made).setPermissions(permissions(made));
  }

  /** Changes a file itself, never what a link leads to. */
  public static PosixFileAttributeView view(Path file) {
    return Optional.ofNullable(
            Files.getFileAttributeView(
                file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS))
        .orElseThrow();
  }

  private static boolean isShared(Path folder) throws IOException {
    return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.GROUP_WRITE);
  }

  private static Path folder(Path made) {
    return Optional.ofNullable(made.toAbsolutePath().getParent()).orElseThrow();
  }
}
