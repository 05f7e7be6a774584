package io.swarmstream.network.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a Go that only pretends to build. */
class GethBinaryTest {
  @TempDir Path folder;

  private final List<String> progress = new CopyOnWriteArrayList<>();
  private Path bin;
  private Map<String, String> environment;

  @BeforeEach
  void prepare() throws IOException {
    bin = Files.createDirectory(folder.resolve("bin"));
    environment =
        Map.of("PATH", bin.toString(), "XDG_CACHE_HOME", folder.resolve("cache").toString());
  }

  @Test
  void findsTheNamedProgramFirst() throws IOException {
    Path named = program(folder.resolve("mine"), "exit 0");
    assertThat(GethBinary.find(Map.of("SWARMSTREAM_GETH", named.toString()))).contains(named);
  }

  @Test
  void refusesANameThatIsNoProgram() {
    assertThatThrownBy(() -> GethBinary.find(Map.of("SWARMSTREAM_GETH", folder.toString())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SWARMSTREAM_GETH names " + folder);
  }

  @Test
  void takesNoGethOfALaterVersionFromThePath() throws IOException {
    program(bin.resolve("geth"), "echo Geth; echo 'Version: 1.14.0-stable'");
    assertThat(GethBinary.find(environment)).isEmpty();
    Path right = program(bin.resolve("geth"), "echo Geth; echo 'Version: 1.13.14-stable'");
    assertThat(GethBinary.find(environment)).contains(right);
  }

  @Test
  void buildsOnceAndKeepsIt() throws IOException {
    program(bin.resolve("go"), GO_THAT_BUILDS);
    Path built = build();
    assertThat(built).isEqualTo(GethBinary.cached(environment)).isExecutable();
    assertThat(GethBinary.find(environment)).contains(built);
    assertThat(progress.get(0)).contains("building geth 1.13.15").contains("some minutes");
    assertThat(Files.readString(folder.resolve("cache/asked")))
        .isEqualTo(
            "install -ldflags=-checklinkname=0 -s -w"
                + " github.com/ethereum/go-ethereum/cmd/geth@v1.13.15\n");
    try (Stream<Path> left = Files.list(built.getParent())) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("geth", "build.lock");
    }
  }

  @Test
  void aSecondBuilderWaitsForTheFirst() throws IOException {
    program(bin.resolve("go"), "[ $1 = env ] || sleep 2;" + GO_THAT_BUILDS);
    var first = CompletableFuture.supplyAsync(this::build);
    var second = CompletableFuture.supplyAsync(this::build);
    assertThat(first.join()).isEqualTo(second.join());
    assertThat(Files.readAllLines(folder.resolve("cache/asked"))).hasSize(1);
    assertThat(progress).anyMatch(line -> line.contains("another process is building geth"));
  }

  @Test
  void namesTheWaysOutWithoutGo() {
    assertThatThrownBy(this::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("there is no Go")
        .hasMessageContaining("SWARMSTREAM_GETH")
        .hasMessageContaining("--chain URL");
  }

  @Test
  void saysWhatGoSaidWhenItFails() throws IOException {
    program(bin.resolve("go"), "echo 'checksum mismatch'; exit 1");
    assertThatThrownBy(this::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("checksum mismatch");
    assertThat(GethBinary.find(environment)).isEmpty();
  }

  @Test
  void olderLinkersDoNotGetAnOptionThatTheyLack() {
    assertThat(GethBuild.linkerOptions("go1.22.12")).isEqualTo("-s -w");
    assertThat(GethBuild.linkerOptions("go1.23")).startsWith("-checklinkname=0");
    assertThat(GethBuild.linkerOptions("devel")).startsWith("-checklinkname=0");
  }

  private static final String GO_THAT_BUILDS =
      """
      if [ "$1" = env ]; then echo go1.26.8; exit; fi
      echo "$*" >> "$GOBIN/../../../asked"
      printf '#!/bin/sh\\n' > "$GOBIN/geth"; /bin/chmod 700 "$GOBIN/geth"
      """;

  private Path build() {
    return GethBuild.build(GethBinary.cached(environment), environment, progress::add);
  }

  private static Path program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
