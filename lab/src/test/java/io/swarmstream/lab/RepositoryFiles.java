package io.swarmstream.lab;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The files that a fresh checkout has. */
final class RepositoryFiles {
  /** The repository: tests run in the folder of their module. */
  static final Path ROOT = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());

  /** Folders that builds, tests and commands make. */
  private static final Set<String> MADE =
      Set.of(".git", ".swarm", ".venv", "target", "node_modules");

  private RepositoryFiles() {}

  static boolean isMade(Path folder) {
    return MADE.contains(folder.getFileName().toString());
  }

  static List<Path> all() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isMade(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  /** File names without folders, such as {@code ReadmeITCase.java}. */
  static Set<String> names() throws IOException {
    return all().stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());
  }
}
