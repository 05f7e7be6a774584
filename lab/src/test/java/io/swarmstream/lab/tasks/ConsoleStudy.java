package io.swarmstream.lab.tasks;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.swarmstream.lab.tasks.TaskSwarm.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.swarmstream.lab.console.OpenedConsole;
import io.swarmstream.lab.console.Pictures;
import io.swarmstream.lab.network.SwarmProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What the person of {@link ConsoleScene} does once a training is over. */
final class ConsoleStudy {
  private static final String OTHER = "defaultbb.cqdb.sml.hpe";
  private static final String NEWCOMER = "clinic-x";

  private final TaskSwarm swarm;
  private final OpenedConsole console;

  ConsoleStudy(TaskSwarm swarm, OpenedConsole console) {
    this.swarm = swarm;
    this.console = console;
  }

  /** Notes and tags, and which of two trainings was better. */
  void compares() throws IOException {
    console.go("Experiments");
    console.press("Add the notes of " + ConsoleScene.CONTRACT);
    console.labelled("Notes").fill("With a slow site.\nTo be repeated.");
    console.labelled("Tags").fill("digits, slow site");
    console.answer("Save");
    assertThat(console.row(ConsoleScene.CONTRACT)).containsText("With a slow site.");
    console.press("slow site");
    assertThat(console.row(ConsoleScene.CONTRACT)).isVisible();
    assertThat(console.row(OTHER)).hasCount(0);
    console.go("Training");
    console.link("Compare with others").click();
    assertThat(console.labelled("Compare " + ConsoleScene.CONTRACT)).isChecked();
    console.labelled("Compare " + OTHER).check();
    assertThat(console.main()).containsText(ConsoleScene.CONTRACT + " has the least loss: ");
    assertThat(console.chart("Loss")).containsText(OTHER);
    Pictures.takeWhole(console.page(), "experiments");
    exports();
  }

  private void exports() throws IOException {
    String csv = text(console.download("CSV of " + ConsoleScene.CONTRACT));
    assertThat(csv).contains("host-1-0", "host-2-1");
    assertThat(csv.lines()).hasSizeGreaterThan(13);
    assertThat(text(console.download("JSON of " + ConsoleScene.CONTRACT))).contains("host-1-0");
    List<String> events = new ArrayList<>();
    try (ZipInputStream zip =
        new ZipInputStream(
            new ByteArrayInputStream(
                console.download("TensorBoard of " + ConsoleScene.CONTRACT)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        events.add(entry.getName());
      }
    }
    assertThat(events).hasSize(5).allMatch(name -> name.contains("tfevents"));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The training starts anew; what was trained stays. */
  void resets() {
    console.go("Contracts");
    Pictures.take(console.page(), "contracts");
    console.press("Reset " + ConsoleScene.CONTRACT);
    console.page().locator("#confirm-typed").fill(ConsoleScene.CONTRACT);
    console.answer("Reset");
    assertThat(console.row("generation 2: " + ConsoleScene.CONTRACT + ".2"))
        .containsText("draft: waits for its first trainer");
    assertThat(console.row(ConsoleScene.CONTRACT).filter(OpenedConsole.with("ended by a reset")))
        .hasCount(1);
    console.go("Experiments");
    assertThat(console.row(ConsoleScene.CONTRACT).first()).containsText("ended");
  }

  /** A member comes, gets roles, is suspended and removed. */
  void admits() throws Exception {
    console.go("Swarm");
    console.link("host-2").first().click();
    assertThat(console.labelled("Find members")).hasValue("host-2");
    assertThat(console.main().getByRole(AriaRole.ROW)).hasCount(4);
    console.go("Members");
    console.unfold("Invite a member");
    assertThat(
            console
                .labelled("Enrol in the training contract")
                .locator("option[value='" + ConsoleScene.CONTRACT + "']"))
        .hasCount(1);
    console.labelled("Name").fill(NEWCOMER);
    console.labelled("An admin has to approve the member after it has joined").check();
    Pictures.take(console.page(), "members");
    Path file = swarm.machines.resolve(NEWCOMER + ".invite");
    Files.write(file, console.downloadBy("Make the invitation"));
    Path folder = swarm.machines.resolve(NEWCOMER);
    try (SwarmProcess joins =
        SwarmProcess.start(
            swarm.machines, "site", "join", file.toString(), "--folder", folder.toString())) {
      assertThat(console.main()).containsText(NEWCOMER + " waits for an admin's approval");
      console.press("Approve " + NEWCOMER);
      console.answer("Approve");
      assertThat(joins.awaitEnd(SOON)).as(joins.printed()).isZero();
    }
    Locator row = console.row(NEWCOMER);
    assertThat(row).containsText("active");
    console.press("Roles of " + NEWCOMER);
    console.page().locator("#roles-observer").check();
    console.answer("Set the roles");
    assertThat(row).containsText("observer, site");
    console.press("Suspend " + NEWCOMER);
    console.answer("Suspend");
    assertThat(row).containsText("suspended");
    console.press("Resume " + NEWCOMER);
    console.answer("Resume");
    assertThat(row).containsText("active");
    console.press("Remove " + NEWCOMER);
    console.page().locator("#confirm-typed").fill(NEWCOMER);
    console.answer("Remove");
    assertThat(row).containsText("removed");
  }

  /** All that was done here is told. */
  void audits() {
    console.go("Audit");
    console.labelled("Find acts").fill(NEWCOMER);
    for (String act :
        List.of(
            "member invited",
            "member admitted",
            "member approved",
            "roles changed",
            "member suspended",
            "member resumed",
            "member removed")) {
      assertThat(console.row(act)).containsText(NEWCOMER);
      assertThat(console.row(act)).containsText("sn1");
    }
    console.labelled("Find acts").fill(ConsoleScene.CONTRACT);
    for (String act : List.of("draft set", "contract created", "contract reset")) {
      assertThat(console.row(act).first()).containsText(ConsoleScene.CONTRACT);
    }
    console.labelled("Find acts").fill("console-run");
    for (String act : List.of("task created", "task finalised", "task assigned")) {
      assertThat(console.row(act).first()).containsText("sn1");
    }
    console.labelled("Find acts").fill("");
    Pictures.take(console.page(), "audit");
  }
}
