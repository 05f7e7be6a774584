package io.swarmstream.shell.session;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** Makes one sentence of what went wrong. */
final class FailureText {
  private FailureText() {}

  static String sentence(Throwable thrown) {
    if (thrown instanceof InterruptedException) {
      return "interrupted";
    }
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof FileSystemException file) {
        return file(file);
      }
      String message = at.getMessage();
      Throwable cause = at.getCause();
      boolean isOfWrapper = cause != null && message != null && message.equals(cause.toString());
      if (message != null && !message.isBlank() && !isOfWrapper) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
      }
    }
    return "failed with " + thrown.getClass().getName();
  }

  private static String file(FileSystemException failure) {
    String file = failure.getFile();
    if (failure instanceof NoSuchFileException) {
      return "there is no file " + file + "; LS lists the folder that PWD names";
    }
    if (failure instanceof NotDirectoryException) {
      return file + " is no folder";
    }
    if (failure instanceof AccessDeniedException) {
      return "this user may not read " + file;
    }
    @Nullable String reason = failure.getReason();
    return file
        + " cannot be read: "
        + (reason == null ? failure.getClass().getSimpleName() : reason);
  }
}
