package io.swarmstream.shell.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that a session is in. Scripts of HPE Swarm Learning know the user's folder as {@code
 * /platform/swarm/usr}. A confined workplace is left by no path and by no link.
 */
public final class Workplace {
  /** The user's folder, as scripts call it. */
  public static final String USR = "/platform/swarm/usr";

  /** What clients of the service have sent. */
  public static final String UPLOADS = "upload";

  private static final int MOST_ENTRIES = 10_000;

  private final Optional<Path> usr;
  private final boolean isConfined;
  private Path folder;

  private Workplace(Optional<Path> usr, boolean isConfined, Path folder) {
    this.usr = usr;
    this.isConfined = isConfined;
    this.folder = folder;
  }

  /** Begins in a folder; any other can be entered. */
  public static Workplace free(Path folder) throws IOException {
    return new Workplace(Optional.empty(), false, folder.toRealPath());
  }

  /** Begins in the user's folder; any other can be entered. */
  public static Workplace ofUser(Path usr) throws IOException {
    return new Workplace(Optional.of(usr.toRealPath()), false, usr.toRealPath());
  }

  /** Stays in the user's folder. */
  public static Workplace confined(Path usr) throws IOException {
    return new Workplace(Optional.of(usr.toRealPath()), true, usr.toRealPath());
  }

  /** Enters a folder. */
  public void enter(String path) throws IOException {
    Path entered = existing(path);
    if (!Files.isDirectory(entered)) {
      throw new NotDirectoryException(path);
    }
    folder = entered;
  }

  /** The folder as scripts call it. */
  public String shown() {
    return shown(folder);
  }

  private String shown(Path path) {
    return usr.filter(path::startsWith)
        .map(own -> USR + (path.equals(own) ? "" : "/" + own.relativize(path)))
        .orElse(path.toString());
  }

  /** Names in a folder, folders with a slash; the name of a file. */
  public List<String> list(String path) throws IOException {
    Path listed = existing(path);
    if (!Files.isDirectory(listed)) {
      return List.of(String.valueOf(listed.getFileName()));
    }
    try (Stream<Path> entries = Files.list(listed)) {
      return entries
          .map(entry -> entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""))
          .sorted()
          .limit(MOST_ENTRIES)
          .toList();
    }
  }

  /** A file that is there; in a confined workplace, one that was sent has its name alone, too. */
  public Path file(String path) throws IOException {
    try {
      return existing(path);
    } catch (NoSuchFileException e) {
      if (isConfined && !path.contains("/")) {
        return existing(USR + "/" + UPLOADS + "/" + path);
      }
      throw e;
    }
  }

  private Path existing(String path) throws IOException {
    Path real;
    try {
      real = resolve(path).toRealPath();
    } catch (NoSuchFileException e) {
      // Of a path outside, not even whether it exists is told.
      checkInside(resolve(path).normalize(), path);
      throw new NoSuchFileException(path);
    }
    checkInside(real, path);
    return real;
  }

  private Path resolve(String path) {
    try {
      if (usr.isPresent() && (path.equals(USR) || path.startsWith(USR + "/"))) {
        return usr.get().resolve(path.substring(Math.min(path.length(), USR.length() + 1)));
      }
      return folder.resolve(path);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("\"" + path + "\" is no path: " + e.getReason(), e);
    }
  }

  private void checkInside(Path path, String written) {
    if (isConfined && !path.startsWith(usr.orElseThrow())) {
      throw new IllegalArgumentException(
          written + " is outside of " + USR + ", which this service does not leave");
    }
  }
}
