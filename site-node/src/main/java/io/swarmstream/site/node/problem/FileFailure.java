package io.swarmstream.site.node.problem;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** Says in a sentence what the JDK's exceptions about files say only by their class. */
public final class FileFailure {
  private FileFailure() {}

  /** What happened to which file, and what to do. */
  public static String sentence(FileSystemException failure) {
    String file = Optional.ofNullable(failure.getFile()).orElse("a file");
    if (failure instanceof AccessDeniedException) {
      return "no permission to read or write "
          + file
          + "; give this user (\""
          + System.getProperty("user.name")
          + "\") that right, or name another place";
    }
    if (failure instanceof NoSuchFileException) {
      return "there is no " + file + ", or not the folder that it should be in";
    }
    if (failure instanceof FileAlreadyExistsException && failure.getReason() == null) {
      return file + " is there already and is no folder; move it away, or name another place";
    }
    if (failure instanceof NotDirectoryException) {
      return file + " is no folder";
    }
    return failure.getReason() == null
        ? failure.getClass().getSimpleName() + " at " + file
        : file + ": " + failure.getReason();
  }
}
