package io.swarmstream.tasks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Tells failures for want of room from others, and says what to do about them. */
public final class FullDisk {
  private static final Pattern REASON =
      Pattern.compile("no space left on device|disk quota exceeded", Pattern.CASE_INSENSITIVE);

  private static final String ADVICE = " is full: make room, then assign the task again";

  /** A program that failed for want of room may have had none for its last words. */
  private static final long LITTLE = 1 << 20;

  private FullDisk() {}

  /** Whether a reason is that of a full disk, or the disk of a folder is full. */
  public static boolean isReason(String reason, Path folder) {
    return isReason(reason) || isFull(folder);
  }

  private static boolean isReason(String reason) {
    return REASON.matcher(reason).find();
  }

  private static boolean isFull(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace() < LITTLE;
    } catch (IOException e) {
      return false;
    }
  }

  /** The reason, with what to do if the disk of a folder is full. */
  public static String explained(String reason, Path folder) {
    return isReason(reason, folder) ? with(reason, "the disk of " + folder) : reason;
  }

  /** The reason, with what to do if it is that of a full disk. */
  public static String explained(String reason, String disk) {
    return isReason(reason) ? with(reason, disk) : reason;
  }

  private static String with(String reason, String disk) {
    return reason.contains(ADVICE) ? reason : reason + "; " + disk + ADVICE;
  }
}
