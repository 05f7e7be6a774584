package io.swarmstream.tasks.content;

import io.swarmstream.tasks.run.RunFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Unpacks archives. Links, devices and names that lead elsewhere fail it. */
public final class Extraction {
  private static final int EXECUTABLE = 0100;

  private Extraction() {}

  /**
   * Unpacks tar, tar.gz, tgz, tar.bz2, gz or zip.
   *
   * @param out folder in the writer's
   */
  public static void extract(Path archive, String out, FolderWriter writer) throws IOException {
    String name = String.valueOf(archive.getFileName()).toLowerCase(Locale.ROOT);
    String folder = out.isEmpty() || out.endsWith("/") ? out : out + "/";
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16)) {
      if (name.endsWith(".zip")) {
        zip(file, folder, writer);
      } else if (name.endsWith(".tar")) {
        tar(file, folder, writer);
      } else if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
        tar(new GZIPInputStream(file), folder, writer);
      } else if (name.endsWith(".tar.bz2") || name.endsWith(".tbz2")) {
        tar(new BZip2CompressorInputStream(file, true), folder, writer);
      } else if (name.endsWith(".gz")) {
        String inner = String.valueOf(archive.getFileName());
        writer.write(folder + inner.substring(0, inner.length() - 3), new GZIPInputStream(file));
      } else {
        throw new RunFailure(
            archive.getFileName()
                + " is no archive that can be unpacked; expected tar, tar.gz, tgz,"
                + " tar.bz2, gz or zip");
      }
    }
  }

  private static void tar(InputStream stream, String folder, FolderWriter writer)
      throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(stream);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      checkName(entry.getName());
      if (entry.isDirectory()) {
        writer.folder(folder + entry.getName());
      } else if (isPlain(entry)) {
        Path file = writer.write(folder + entry.getName(), tar);
        makeExecutable(file, entry.getMode());
      } else {
        throw new RunFailure(
            "'"
                + entry.getName()
                + "' in the archive is a link or a device; only files and folders"
                + " are unpacked");
      }
    }
  }

  private static boolean isPlain(TarArchiveEntry entry) {
    byte flag = entry.getLinkFlag();
    return flag == TarConstants.LF_NORMAL
        || flag == TarConstants.LF_OLDNORM
        || flag == TarConstants.LF_CONTIG;
  }

  private static void zip(InputStream stream, String folder, FolderWriter writer)
      throws IOException {
    ZipArchiveInputStream zip = new ZipArchiveInputStream(stream);
    for (ZipArchiveEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      checkName(entry.getName());
      if (entry.isUnixSymlink()) {
        throw new RunFailure("'" + entry.getName() + "' in the archive is a link");
      }
      if (entry.isDirectory()) {
        writer.folder(folder + entry.getName());
      } else {
        writer.write(folder + entry.getName(), zip);
      }
    }
  }

  private static void checkName(String name) {
    if (name.startsWith("/") || name.contains("\\") || name.matches("[A-Za-z]:.*")) {
      throw new RunFailure("'" + name + "' in the archive is no relative path");
    }
  }

  private static void makeExecutable(Path file, int mode) throws IOException {
    if ((mode & EXECUTABLE) != 0 && Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Set<java.nio.file.attribute.PosixFilePermission> permissions =
          java.util.EnumSet.copyOf(Files.getPosixFilePermissions(file));
      permissions.add(java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE);
      permissions.add(java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE);
      permissions.add(java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE);
      Files.setPosixFilePermissions(file, permissions);
    }
  }
}
