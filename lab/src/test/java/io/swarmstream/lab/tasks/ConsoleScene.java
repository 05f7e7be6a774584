package io.swarmstream.lab.tasks;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.swarmstream.lab.tasks.TaskSwarm.LONG;
import static io.swarmstream.lab.tasks.TaskSwarm.RUNNER;
import static io.swarmstream.lab.tasks.TaskSwarm.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.AriaRole;
import io.swarmstream.lab.console.Chromium;
import io.swarmstream.lab.console.OpenedConsole;
import io.swarmstream.lab.console.Pictures;
import io.swarmstream.lab.network.SwarmProcess;
import io.swarmstream.schemas.hashing.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** One person, sn1, who runs a study from the web console: each page's main act, by clicks. */
final class ConsoleScene implements AutoCloseable {
  /** The training that is made here. */
  static final String CONTRACT = "digits-console";

  private static final int EPOCHS = 14;

  /** Programs of other scenes have ended; nothing is down. */
  private static final Pattern NONE_DOWN =
      Pattern.compile("parts work\\.|parts, \\d+ have ended\\.");

  private static final ContainsTextOptions PATIENTLY =
      new ContainsTextOptions().setTimeout((double) LONG.toMillis());

  private final TaskSwarm swarm;
  private final Chromium chromium;

  ConsoleScene(TaskSwarm swarm) throws Exception {
    this.swarm = swarm;
    this.chromium = Chromium.start();
  }

  /** Of the network node that serves the pages. */
  String address() throws IOException {
    return "https://127.0.0.1:" + swarm.apiPort();
  }

  OpenedConsole open() throws Exception {
    return open(new NewContextOptions());
  }

  /** Opens a window, and logs in as {@code swarm console} lets people do. */
  OpenedConsole open(NewContextOptions options) throws Exception {
    OpenedConsole console = OpenedConsole.in(chromium.browser(), options);
    String said =
        SwarmProcess.run(swarm.machines, SOON, "console", "--folder", swarm.owner().toString());
    console
        .page()
        .navigate(said.lines().filter(line -> line.startsWith("https:")).findFirst().orElseThrow());
    assertThat(console.heading("Swarm")).isVisible();
    return console;
  }

  @Override
  public void close() {
    chromium.close();
  }

  /** Contracts, Tasks, Swarm, Training: from the terms to the proven model. */
  void trains() throws Exception {
    Files.writeString(swarm.hosts.get(1).data(1).resolve("slow"), "3");
    try (OpenedConsole console = open()) {
      drafts(console);
      assigns(console);
      looksAtTheSwarm(console);
      awaitsTheEnd(console);
      readsTheTraining(console);
      provesTheTraining(console);
      console.assertQuiet(address());
    } finally {
      Files.delete(swarm.hosts.get(1).data(1).resolve("slow"));
    }
  }

  private static void drafts(OpenedConsole console) {
    console.go("Contracts");
    console.unfold("Create a training contract");
    console.labelled("Name").fill("not a name");
    console.press("Create the contract");
    assertThat(console.page().locator("#term-name-problem")).containsText("letter");
    assertThat(console.labelled("Name")).isFocused();
    console.labelled("Name").fill(CONTRACT);
    console.labelled("Sites that make a round").fill("3");
    console.labelled("Wait for others, seconds").fill("2");
    console.press("Create the contract");
    assertThat(console.row(CONTRACT)).containsText("draft: waits for its first trainer");
  }

  private void assigns(OpenedConsole console) throws IOException {
    Path file = swarm.machines.resolve("console.yaml");
    Files.writeString(
        file,
        swarm
            .runTask("console-run", "digits.py", EPOCHS)
            .replace("\"MIN_PEERS\": 4", "\"MIN_PEERS\": 3, \"CONTRACT\": " + CONTRACT));
    console.go("Tasks");
    console.unfold("Create a task");
    console.labelled("Task file").setInputFiles(file);
    assertThat(console.labelled("Text")).hasValue(Pattern.compile("console-run"));
    console.press("Create the task");
    console.press("Finalise console-run");
    console.answer("Finalise");
    assertThat(console.row("console-run")).containsText("finalised");
    console.press("Assign a task to " + RUNNER);
    console.labelled("Task").selectOption("console-run");
    console.labelled("The first agents that enrol, with this many peers").check();
    console.labelled("Peers").fill("4");
    console.answer("Assign");
    assertThat(console.row(RUNNER)).containsText("console-run", PATIENTLY);
    console.press(RUNNER);
    for (AgentHost host : swarm.hosts) {
      for (int site = 0; site < 2; site++) {
        assertThat(console.row(host.name + "-" + site)).containsText("runs", PATIENTLY);
      }
    }
  }

  private void looksAtTheSwarm(OpenedConsole console) {
    console.go("Swarm");
    assertThat(console.main().locator("p").first()).containsText(NONE_DOWN, PATIENTLY);
    assertThat(console.row(Pattern.compile("^sn1"))).containsText("network node, sentinel");
    assertThat(console.row("Kafka").first()).containsText("works");
    assertThat(console.row("training job")).containsText("works");
    for (AgentHost host : swarm.hosts) {
      assertThat(console.row(Pattern.compile(host.name + "\\s*task agent"))).containsText("works");
      assertThat(console.row(host.name + "-1")).containsText("works");
    }
    Pictures.take(console.page(), "swarm");
  }

  private static void awaitsTheEnd(OpenedConsole console) {
    console.go("Tasks");
    assertThat(console.row(RUNNER)).containsText(Pattern.compile("complete|failed"), PATIENTLY);
    assertThat(console.row(RUNNER)).containsText("4 of 4 done");
    console.press(RUNNER);
    assertThat(console.row("host-1-0")).containsText("Training completed");
    Pictures.take(console.page(), "tasks");
    console.press("Reset " + RUNNER);
    console.answer("Reset");
    assertThat(console.row(RUNNER)).containsText("idle", PATIENTLY);
  }

  private void readsTheTraining(OpenedConsole console) throws Exception {
    BadSite.sendsNotANumber(swarm.hosts.get(1).site(1), CONTRACT, 12);
    console.go("Training");
    console.choice("Show").selectOption(CONTRACT);
    assertThat(console.heading("Training " + CONTRACT)).isVisible();
    assertThat(console.row("not-finite").first()).containsText("host-2-1", PATIENTLY);
    console.labelled("Show the curve of host-2-1").check();
    console.labelled("Show the curve of host-1-0").check();
    assertThat(console.chart("Loss")).containsText("host-2-1");
    assertThat(console.main()).containsText("host-2-1 is slow: it was in ");
    console.press("Round 12");
    Locator round = console.main().locator("tr:has(table)");
    assertThat(round).containsText("host-1-0");
    assertThat(round).containsText("block ");
    round.getByText("Verify this round").click();
    assertThat(round.getByRole(AriaRole.STATUS).filter(OpenedConsole.with("proven")))
        .hasCount(1, new HasCountOptions().setTimeout((double) LONG.toMillis()));
    String told =
        round
            .getByRole(
                AriaRole.BUTTON,
                new Locator.GetByRoleOptions().setName("Copy the hash of the record"))
            .getAttribute("title");
    assertThat(Hash.sha256(console.download("Download the record")).hex()).isEqualTo(told);
    Pictures.takeWhole(console.page(), "training");
    byte[] given = console.download("Newest model (safetensors)");
    assertThat(values(given)).isEqualTo(values(swarm.hosts.get(0).model(0)));
  }

  /** The values of a model; a header with names is before them. */
  private static byte[] values(byte[] model) {
    return Arrays.copyOfRange(model, model.length - 4 * 650, model.length);
  }

  private static void provesTheTraining(OpenedConsole console) {
    console.press("Verify all rounds");
    Locator proof =
        console.main().locator("section").filter(OpenedConsole.with("Replays the rounds"));
    assertThat(proof).containsText("proven", PATIENTLY);
    assertThat(proof).containsText(Pattern.compile("(\\d+) of \\1 rounds"));
    assertThat(
            console
                .main()
                .getByRole(
                    AriaRole.ROW,
                    new Locator.GetByRoleOptions()
                        .setName(Pattern.compile("^Round 11 .* proven$"))))
        .isVisible();
  }
}
