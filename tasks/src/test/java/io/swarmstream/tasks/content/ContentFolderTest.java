package io.swarmstream.tasks.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.swarmstream.tasks.run.ContentOrder.Step;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.WorkProgress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentFolderTest {
  private static final long MOST = 1 << 20;

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void prepareFolder() throws IOException {
    folder = Files.createDirectory(temp.resolve("volume"));
  }

  private void fill(Step... steps) {
    fill(Duration.ofSeconds(20), steps);
  }

  private void fill(Duration limit, Step... steps) {
    ContentFolder.fill(
        folder, List.of(steps), MOST, new WorkDeadline("content", limit, WorkProgress.NONE));
  }

  private interface Entries {
    void writeTo(TarArchiveOutputStream tar) throws IOException;
  }

  private Path tar(Entries entries) throws IOException {
    Path file = temp.resolve("a.tar.gz");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      entries.writeTo(tar);
    }
    return file;
  }

  private static void put(TarArchiveOutputStream tar, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    entry.setMode(0755);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private void extracted(Path archive) {
    fill(
        new Step.Download(archive.toUri().toString(), ""),
        new Step.Extract(String.valueOf(archive.getFileName()), "out"));
  }

  @Test
  void unpacksFilesAndFolders() throws IOException {
    extracted(
        tar(
            tar -> {
              put(tar, "model/run.sh", "echo");
              put(tar, "./readme", "x");
            }));

    assertThat(folder.resolve("out/model/run.sh")).hasContent("echo").isExecutable();
    assertThat(folder.resolve("out/readme")).hasContent("x");
  }

  @Test
  void refusesNamesThatLeadOut() {
    for (String name : List.of("../evil", "a/../../evil", "/evil", "a\\..\\evil", "C:evil")) {
      assertThatThrownBy(() -> extracted(tar(tar -> put(tar, name, "x"))))
          .as(name)
          .isInstanceOf(RunFailure.class)
          .hasMessageContaining("evil");
    }
    assertThat(temp.resolve("evil")).doesNotExist();
    assertThat(folder.resolve("evil")).doesNotExist();
  }

  @Test
  void refusesLinksAndDevices() {
    for (byte type :
        new byte[] {
          TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_FIFO
        }) {
      assertThatThrownBy(
              () ->
                  extracted(
                      tar(
                          tar -> {
                            TarArchiveEntry entry = new TarArchiveEntry("link", type);
                            entry.setLinkName(temp.toString());
                            tar.putArchiveEntry(entry);
                            tar.closeArchiveEntry();
                            put(tar, "link/evil", "x");
                          })))
          .isInstanceOf(RunFailure.class)
          .hasMessageContaining("is a link or a device");
    }
    assertThat(temp.resolve("evil")).doesNotExist();
  }

  @Test
  void writesThroughNoLinkThatIsThereAlready() throws IOException {
    Files.createSymbolicLink(folder.resolve("out"), temp);

    assertThatThrownBy(() -> extracted(tar(tar -> put(tar, "evil", "x"))))
        .hasMessageContaining("'out' is a link");
    assertThatThrownBy(
            () -> fill(new Step.Download(temp.resolve("a.tar.gz").toUri().toString(), "out/sub/")))
        .hasMessageContaining("'out' is a link");
    assertThat(temp.resolve("sub")).doesNotExist();
    assertThat(temp.resolve("evil")).doesNotExist();
  }

  @Test
  void refusesMoreBytesThanAllowed() throws IOException {
    Path zip = temp.resolve("bomb.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("zeros"));
      out.write(new byte[8 << 20]);
      out.closeEntry();
    }
    assertThat(Files.size(zip)).isLessThan(MOST / 10);

    assertThatThrownBy(() -> extracted(zip)).hasMessageContaining("exceeds the limit of " + MOST);
  }

  @Test
  void refusesNamesOfOutputsThatLeadOut() throws IOException {
    Path file = Files.writeString(temp.resolve("f"), "x");

    assertThatThrownBy(() -> fill(new Step.Download(file.toUri().toString(), "../evil")))
        .hasMessageContaining("leads out of the folder");
    assertThatThrownBy(() -> fill(new Step.Extract("missing.zip", "")))
        .hasMessageContaining("DOWNLOAD it first");
    assertThatThrownBy(() -> fill(new Step.Download("ftp://x/y", "")))
        .hasMessageContaining("expected http, https or file");
  }

  @Test
  void fetchesByHttpWithinLimitAndDeadline() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(java.util.concurrent.Executors.newCachedThreadPool());
    server.createContext(
        "/good",
        exchange -> {
          exchange.sendResponseHeaders(200, 4);
          exchange.getResponseBody().write("data".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.createContext(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          OutputStream body = exchange.getResponseBody();
          body.write(1);
          body.flush();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.createContext(
        "/large",
        exchange -> {
          exchange.sendResponseHeaders(200, 4 * MOST);
          exchange.getResponseBody().write(new byte[(int) (4 * MOST)]);
          exchange.close();
        });
    server.start();
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      fill(new Step.Download(base + "/good", "in/"));
      assertThat(folder.resolve("in/good")).hasContent("data");
      assertThatThrownBy(() -> fill(new Step.Download(base + "/missing", "")))
          .hasMessageContaining("status 404");
      assertThatThrownBy(() -> fill(new Step.Download(base + "/large", "")))
          .hasMessageContaining("exceeds the limit");
      assertThatThrownBy(() -> fill(Duration.ofMillis(1500), new Step.Download(base + "/slow", "")))
          .hasMessageContaining("longer than its limit");
    } finally {
      end.countDown();
      server.stop(0);
    }
  }
}
