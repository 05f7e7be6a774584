package io.swarmstream.site.node.pipes;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.site.node.SpecialFile;
import io.swarmstream.site.node.TrainerAccess;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The folder that a node shares with its trainer: two named pipes and two files for weights.
 *
 * <p>{@link TrainerAccess} says who reaches them. What exists keeps its permissions, so that an
 * owner may change them. Links are never followed: the trainer may write to the folder, too.
 */
final class PipeFolder {
  static final String REQUESTS = "SL_REQUEST_CHANNEL";
  static final String RESPONSES = "SL_RESPONSE_CHANNEL";
  static final String TRAINED = "trained_weights.pkl";
  static final String MERGED = "merged_weights.pkl";

  /** A pickle of that many bytes is no model that a site node merges. */
  private static final long MAX_BYTES = 64L << 30;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,254}");

  private final Path folder;

  private PipeFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes what is missing of a folder. The files come before the pipes, because clients wait for
   * the pipes only.
   *
   * @throws IOException when something else is in their place
   */
  static PipeFolder make(Path place) throws IOException, InterruptedException {
    Path folder = PrivateFiles.folder(place.toAbsolutePath());
    PipeFolder made = new PipeFolder(folder);
    for (String name : new String[] {TRAINED, MERGED}) {
      made.makeFile(folder.resolve(name));
    }
    for (Path pipe : new Path[] {made.responses(), made.requests()}) {
      made.makePipe(pipe);
    }
    return made;
  }

  /** From the client to the node. */
  Path requests() {
    return folder.resolve(REQUESTS);
  }

  /** From the node to the client. */
  Path responses() {
    return folder.resolve(RESPONSES);
  }

  @Override
  public String toString() {
    return folder.toString();
  }

  private void makeFile(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      var unused = PrivateFiles.file(file);
      TrainerAccess.grantFile(file);
    } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + " is no plain file; move it away");
    }
  }

  private void makePipe(Path pipe) throws IOException, InterruptedException {
    if (Files.exists(pipe, LinkOption.NOFOLLOW_LINKS)) {
      if (!SpecialFile.NAMED_PIPE.is(pipe)) {
        throw new IOException(pipe + " is no named pipe; move it away");
      }
      return;
    }
    Process mkfifo =
        new ProcessBuilder("mkfifo", "-m", mode(pipe), pipe.toString())
            .redirectErrorStream(true)
            .start();
    if (!mkfifo.waitFor(10, TimeUnit.SECONDS)) {
      mkfifo.destroyForcibly();
      throw new IOException("cannot make the named pipe " + pipe + ": mkfifo took over 10 s");
    }
    if (mkfifo.exitValue() != 0) {
      String said = new String(mkfifo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      throw new IOException("cannot make the named pipe " + pipe + ": " + said.strip());
    }
    TrainerAccess.grantGroup(pipe);
  }

  /** For mkfifo, because changing it later would open what has taken the pipe's place. */
  private static String mode(Path pipe) throws IOException {
    return TrainerAccess.permissions(pipe).contains(PosixFilePermission.GROUP_WRITE)
        ? "660"
        : "600";
  }

  /**
   * Opens a pickle that the client has written.
   *
   * @param name as the client gives it
   * @throws ProblemException when it is no plain file of this folder, or too large
   */
  FileChannel trained(String name) throws IOException {
    Path file = folder.resolve(NAME.matcher(name).matches() ? name : TRAINED);
    if (!file.endsWith(name)) {
      throw ProblemException.badValue(
          "fileName", name.replaceAll("[^\\x20-\\x7e]", "?"), "a file's name without a folder");
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw ProblemException.of(
              ProblemCode.BAD_BODY,
              "there is no plain file "
                  + name
                  + " in the folder of the pipes; write it there first")
          .in("fileName");
    }
    FileChannel opened = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    if (opened.size() > MAX_BYTES) {
      opened.close();
      throw ProblemException.of(
              ProblemCode.TOO_LARGE,
              name + " has more than " + MAX_BYTES + " bytes; share fewer tensors")
          .in("fileName");
    }
    return opened;
  }

  /** Begins a new merged model; {@link #publish} gives it its name. */
  FileChannel draft() throws IOException {
    Path next = folder.resolve(MERGED + ".next");
    Files.deleteIfExists(next);
    return FileChannel.open(
        next,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** Replaces the merged model: a client reads all of the old one or all of the new one. */
  String publish() throws IOException {
    Path next = folder.resolve(MERGED + ".next");
    Path merged = folder.resolve(MERGED);
    if (Files.isRegularFile(merged, LinkOption.NOFOLLOW_LINKS)) {
      PosixFileAttributes as = TrainerAccess.view(merged).readAttributes();
      TrainerAccess.view(next).setGroup(as.group());
      TrainerAccess.view(next).setPermissions(as.permissions());
    } else {
      TrainerAccess.grantFile(next);
    }
    Files.move(next, merged, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return MERGED;
  }
}
