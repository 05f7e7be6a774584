package io.swarmstream.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/** The tests of the repository, by file name. */
final class TestFiles {
  private TestFiles() {}

  /** {@code ReadmeITCase} for a Java test, {@code test_readme.py} for a Python one. */
  static Set<String> names() throws IOException {
    Set<String> names = new HashSet<>();
    Files.walkFileTree(
        MarkdownPage.ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return MarkdownPage.MADE.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (name.endsWith(".java") && file.toString().contains("src/test/java")) {
              names.add(name.substring(0, name.length() - ".java".length()));
            } else if (name.startsWith("test_") && name.endsWith(".py")) {
              names.add(name);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return names;
  }
}
