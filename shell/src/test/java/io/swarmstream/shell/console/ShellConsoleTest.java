package io.swarmstream.shell.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.shell.TestShell;
import io.swarmstream.shell.grammar.ValueKind;
import io.swarmstream.shell.instructions.Instructions;
import io.swarmstream.shell.session.Interpreter;
import io.swarmstream.shell.session.ShellPace;
import io.swarmstream.shell.session.ShellParts;
import io.swarmstream.shell.session.ShellSession;
import io.swarmstream.shell.session.Workplace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellConsoleTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir private Path home;
  private TestShell shell;
  private Terminal terminal;
  private final PipedOutputStream keys = new PipedOutputStream();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final AtomicBoolean isPausing = new AtomicBoolean();
  private CompletableFuture<Integer> code;

  /** Says when a pause has begun. */
  private final class Telling implements ShellPace {
    @Override
    public Instant now() {
      return ShellPace.REAL.now();
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
      isPausing.set(true);
      ShellPace.REAL.pause(time);
    }
  }

  @BeforeEach
  void open() throws Exception {
    shell = new TestShell(home);
    terminal =
        TerminalBuilder.builder()
            .name("test")
            .type("ansi")
            .system(false)
            .streams(new PipedInputStream(keys), screen)
            .encoding(StandardCharsets.UTF_8)
            .build();
    terminal.setSize(new Size(120, 40));
    ShellParts parts =
        new ShellParts(
            shell.parts.contexts(),
            shell.parts.aliases(),
            shell.parts.swarms(),
            shell.parts.mark(),
            shell.parts.taskReader(),
            new Telling(),
            shell.parts.environment());
    ShellSession session = ShellSession.local(parts, Workplace.free(home));
    ShellConsole console =
        new ShellConsole(new Interpreter(Instructions.grammar()), session, terminal);
    code =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return console.run(home.resolve("shell"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    see("SWCI:0 > ");
  }

  @AfterEach
  void close() throws Exception {
    keys.close();
    terminal.close();
  }

  private void type(String text) throws Exception {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  private String screen() {
    return screen.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]", "");
  }

  private void see(String text) {
    await().atMost(DEADLINE).untilAsserted(() -> assertThat(screen()).contains(text));
  }

  private int code() throws Exception {
    return code.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void runsWhatIsTypedAndCounts() throws Exception {
    type("list tasks\r");
    see("ROOTTASK");
    see("SWCI:1 > ");
    type("get task info none\r");
    see("ERROR there is no task none");
    type("exit\r");
    assertThat(code()).isZero();
    Path history = home.resolve("shell/history");
    assertThat(Files.readString(history)).contains("list tasks", "exit");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
        .isEqualTo("rw-------");
  }

  @Test
  void completesKeywordsAndNames() throws Exception {
    type("get task in\tROOT\t\r");
    see("TASKTYPE : ROOT_TASK");
    type("\u0004");
    assertThat(code()).isZero();
  }

  @Test
  void ctrlCEndsACommandNotTheShell() throws Exception {
    type("sleep 600\r");
    await().atMost(DEADLINE).untilTrue(isPausing);
    terminal.raise(Terminal.Signal.INT);
    see("ERROR interrupted");
    see("SWCI:0 > ");
    type("pwd\r");
    see(home.toRealPath().toString());
    type("exit\r");
    assertThat(code()).isZero();
  }

  @Test
  void exitsOnFailureWhenToldTo() throws Exception {
    type("exit on failure\r");
    see("SWCI:1 > ");
    type("get task info none\r");
    assertThat(code()).isEqualTo(1);
  }

  @Test
  void coloursKeywords() {
    String line =
        new KeywordHighlighter(Instructions.grammar())
            .highlight(reader(), "GET task INFO \"x y\" # now")
            .toAnsi();
    assertThat(line).contains("\u001b[");
    assertThat(line.replaceAll("\u001b\\[[0-9;?]*m", "")).isEqualTo("GET task INFO \"x y\" # now");
  }

  @Test
  void knowsNamesOfEachKind() {
    NameSource names = new NameSource(ShellSession.local(shell.parts, place()));
    assertThat(names.of(ValueKind.TASK_TYPE, "")).hasSize(4);
    assertThat(names.of(ValueKind.CONTEXT, "")).isEqualTo(List.of("own"));
    assertThat(names.of(ValueKind.FOLDER, "")).contains("usr/");
    assertThat(names.of(ValueKind.FOLDER, "nowhere/")).isEmpty();
  }

  private LineReader reader() {
    return LineReaderBuilder.builder().terminal(terminal).build();
  }

  private Workplace place() {
    try {
      return Workplace.free(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
