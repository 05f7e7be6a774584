package io.swarmstream.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.NewcomerTls;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.web.ApiServer;
import io.swarmstream.web.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsolePagesTest {
  /** Of all files, compressed, in bytes. */
  private static final int MOST = 300_000;

  @TempDir private Path folder;
  private ApiServer server;
  private SSLContext trusting;

  @BeforeEach
  void start() throws Exception {
    CertificateAuthority authority =
        CertificateAuthority.create(folder.resolve("ca"), "hospital-a");
    IdentityFolder.at(folder.resolve("server"))
        .write(authority.issueFor("node", List.of("127.0.0.1")));
    trusting = NewcomerTls.trusting(List.of(authority.certificate()));
    server =
        ApiServer.start(
            new Place("127.0.0.1", 0),
            ReloadingTls.of(folder.resolve("server")).context(),
            (route, credentials) -> "anybody",
            ConsolePages.routes("anybody"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newBuilder()
        .sslContext(trusting)
        .build()
        .send(request.build(), BodyHandlers.ofByteArray());
  }

  @Test
  void everyFileComesUnderThePolicyAndWithoutAnythingInline() throws Exception {
    HttpResponse<byte[]> start = get("/console/");
    assertThat(start.statusCode()).isEqualTo(200);
    assertThat(start.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(start.headers().firstValue("Cache-Control")).hasValue("no-cache");
    String html = new String(start.body(), StandardCharsets.UTF_8);
    assertThat(html).contains("<title>").doesNotContain("<style", "style=", "onload=", "http://");
    assertThat(html).doesNotContainPattern("<script(?![^>]*src=)").doesNotContain("https://");
    for (PageFile file : ConsolePages.files()) {
      HttpResponse<byte[]> answer = get("/console/" + file.name());
      assertThat(answer.body()).as(file.name()).isEqualTo(file.content());
      PagePolicy.HEADERS.forEach(
          (name, value) ->
              assertThat(answer.headers().allValues(name)).as(name).containsExactly(value));
      assertThat(answer.headers().firstValue("Content-Type"))
          .as(file.name())
          .hasValueSatisfying(type -> assertThat(type).isNotEqualTo("application/octet-stream"));
    }
  }

  @Test
  void filesAreCompressedAndKept() throws Exception {
    PageFile script =
        ConsolePages.files().stream()
            .filter(file -> file.name().endsWith(".js"))
            .findFirst()
            .orElseThrow();
    HttpResponse<byte[]> answer = get("/console/" + script.name(), "Accept-Encoding", "gzip, br");
    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    try (var plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(plain.readAllBytes()).isEqualTo(script.content());
    }
    assertThat(answer.headers().firstValue("Cache-Control"))
        .hasValue("public, max-age=31536000, immutable");
    HttpResponse<byte[]> again =
        get("/console/", "If-None-Match", get("/console/").headers().firstValue("ETag").orElse(""));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void theRootLeadsToThePages() throws Exception {
    for (String path : List.of("/", "/console")) {
      HttpResponse<byte[]> answer = get(path);
      assertThat(answer.statusCode()).isEqualTo(303);
      assertThat(answer.headers().firstValue("Location")).hasValue("/console/");
    }
  }

  @Test
  void isSmall() {
    long bytes = ConsolePages.files().stream().mapToLong(file -> file.compressed().length).sum();
    assertThat(bytes).as("bytes of all pages, compressed").isLessThan(MOST);
  }

  /** As no client of ours would ask: the path is sent as it is. */
  @Test
  void noPathLeadsOutOfThePages() throws Exception {
    for (String path :
        List.of(
            "/console/files.txt",
            "/console/index.html.gz",
            "/console/../v1/me",
            "/console/%2e%2e/%2e%2e/etc/passwd",
            "/console/..%2f..%2fetc/passwd",
            "/console/assets/..%5c..%5cindex.html",
            "/console/assets/../files.txt",
            "/console//etc/passwd",
            "/console/index.html%00.js",
            "/console/;/index.html",
            "/console/..;/v1/me",
            "/CONSOLE/index.html",
            "//evil.example/console/index.html")) {
      String answer = raw(path);
      assertThat(answer).as(path).matches("(?s)HTTP/1.1 (400|404) .*");
      assertThat(answer).as(path).doesNotContain("<title>Swarmstream", "root:");
    }
  }

  private String raw(String path) throws IOException {
    try (Socket socket =
        trusting.getSocketFactory().createSocket("127.0.0.1", server.uri().getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
