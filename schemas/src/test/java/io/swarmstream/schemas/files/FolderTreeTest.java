package io.swarmstream.schemas.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {
  @TempDir private Path folder;

  private Path tree() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "theirs");
    Path tree = Files.createDirectories(folder.resolve("tree/inner"));
    Files.writeString(tree.resolve("file"), "ours");
    Files.createSymbolicLink(tree.resolve("link"), outside);
    Files.createSymbolicLink(tree.resolve("dangling"), folder.resolve("nowhere"));
    return folder.resolve("tree");
  }

  @Test
  void deletesLinksButNotWhatTheyLeadTo() throws IOException {
    Path tree = tree();
    FolderTree.delete(tree);
    assertThat(tree).doesNotExist();
    assertThat(folder.resolve("outside/kept")).hasContent("theirs");
  }

  @Test
  void deletesALinkToAFolderAndNoMore() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), tree());
    FolderTree.delete(link);
    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(folder.resolve("tree/inner/file")).exists();
  }

  @Test
  void whatIsNotThereIsDeleted() throws IOException {
    FolderTree.delete(folder.resolve("nothing"));
    assertThat(folder.resolve("nothing")).doesNotExist();
  }

  @Test
  void copiesFilesAndNoLinks() throws IOException {
    Path copy = folder.resolve("copy");
    FolderTree.copy(tree(), copy);
    assertThat(copy.resolve("inner/file")).hasContent("ours");
    assertThat(copy.resolve("inner")).isDirectoryContaining(file -> file.endsWith("file"));
    assertThat(Files.exists(copy.resolve("inner/link"))).isFalse();
  }
}
