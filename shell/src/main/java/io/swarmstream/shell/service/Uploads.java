package io.swarmstream.shell.service;

import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.shell.session.Workplace;
import io.swarmstream.web.ApiProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files that clients have sent, in one folder of the user's folder. */
final class Uploads {
  private static final int MOST_BYTES = 10 << 20;
  private static final int MOST_FILES = 1_000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_. -]{0,199}");

  private final Path folder;

  Uploads(Path usr) {
    this.folder = usr.resolve(Workplace.UPLOADS);
  }

  /**
   * Stores a file, over an earlier one of its name.
   *
   * @return its name
   * @throws ApiProblem when the name is a path, or the file is no text or too long
   */
  synchronized String store(MultipartBody.Part file) throws IOException {
    String name = file.fileName();
    if (!NAME.matcher(name).matches()) {
      throw ApiProblem.badValue(
          "file",
          "the file's name is \""
              + name.replaceAll("\\p{Cntrl}", "?")
              + "\"; it has to be a name of letters, digits, _, - and dots, no path");
    }
    if (file.bytes().length > MOST_BYTES) {
      throw ApiProblem.of(
          413, "too-large", name + " has more than " + MOST_BYTES + " bytes; send a shorter one");
    }
    if (Files.isSymbolicLink(folder)) {
      throw ApiProblem.of(409, "link", folder + " is a link; the owner of this shell removes it");
    }
    Path stored = PrivateFiles.folder(folder).resolve(name);
    if (Files.isDirectory(stored, LinkOption.NOFOLLOW_LINKS)) {
      throw ApiProblem.badValue("file", name + " is a folder there; choose another name");
    }
    if (!Files.exists(stored) && count() >= MOST_FILES) {
      throw ApiProblem.of(
          507, "full", "there are " + MOST_FILES + " files already; the owner removes some");
    }
    PrivateFiles.write(stored, text(name, file.bytes()));
    return name;
  }

  private long count() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  private static String text(String name, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ApiProblem.badValue("file", name + " is no UTF-8 text").because(e);
    }
  }
}
