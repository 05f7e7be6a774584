package io.swarmstream.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.network.SitePerformance;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractsTest {
  private static final String NAME = "defaultbb.cqdb.sml.hpe";

  @TempDir private Path home;
  private TestShell shell;

  @BeforeEach
  void begin() throws Exception {
    shell = new TestShell(home);
    assertThat(shell.said("CREATE CONTRACT " + NAME)).containsExactly("CONTRACT CREATED : " + NAME);
  }

  private void trained(double epochs, boolean isTraining) {
    shell.swarm.founded.add(NAME);
    shell.swarm.performance.put(
        NAME,
        List.of(
            new SitePerformance(
                "hospital-a", "0x01", isTraining, 4L, 1, 0.125, 97.5, epochs, 10, null),
            new SitePerformance("org-a", "0x02", false, 4L, 1, null, null, epochs, 0, null)));
  }

  @Test
  void areDraftsAtFirst() {
    assertThat(shell.said("LIST CONTRACTS")).containsExactly(NAME + "  draft  " + NAME);
    assertThat(shell.said("GET CONTRACT STATUS " + NAME))
        .contains("CONTRACT STATE : UNINITIALISED", "ROUNDS : 0");
    assertThat(shell.said("GET CONTRACT INFO " + NAME))
        .contains("STATUS : draft", "MERGE METHOD : decided by the first trainer");
    assertThat(shell.error("CREATE CONTRACT " + NAME)).contains("already", "RESET CONTRACT");
    assertThat(shell.error("CREATE CONTRACT ../x")).contains("contract name");
  }

  @Test
  void sayHowFarTheirTrainingIs() {
    trained(3, true);
    assertThat(shell.said("GET CONTRACT STATUS " + NAME))
        .contains("CONTRACT STATE : TRAINING", "ROUNDS : 5", "SITES TRAINING : 1", "  hospital-a");
    assertThat(shell.said("PERFDATA " + NAME))
        .containsExactly(
            "SL UID      SL ADMIN  LOSS      METRIC   TOTAL EPOCHS  COMPLETED EPOCHS",
            "hospital-a  false     0.125000  97.5000  10            3",
            "org-a       true      -         -        -             3");
  }

  @Test
  void areNotResetWhileSitesTrain() {
    trained(3, true);
    assertThat(shell.error("RESET CONTRACT " + NAME))
        .contains("is being trained by hospital-a", "5 rounds", "RESET TASKRUNNER");
    assertThat(shell.said("GET CONTRACT INFO " + NAME)).contains("GENERATION : 1");
  }

  @Test
  void areResetWhenNobodyTrains() {
    trained(3, false);
    assertThat(shell.said("GET CONTRACT STATUS " + NAME)).contains("CONTRACT STATE : STOPPED");
    assertThat(shell.said("RESET CONTRACT " + NAME)).containsExactly("CONTRACT RESET : " + NAME);
    assertThat(shell.said("GET CONTRACT INFO " + NAME))
        .contains("CONTRACT ON CHAIN : " + NAME + ".2", "GENERATION : 2");
    // One that has not begun stays as it is, so that scripts may reset first.
    assertThat(shell.said("RESET CONTRACT " + NAME))
        .containsExactly("CONTRACT RESET : " + NAME + " (it had not begun)");
    assertThat(shell.said("GET CONTRACT INFO " + NAME)).contains("GENERATION : 2");
  }

  @Test
  void areResetWhenTheTrainingIsComplete() {
    shell.swarm.founded.add(NAME);
    shell.swarm.performance.put(
        NAME,
        List.of(
            new SitePerformance("hospital-a", "0x01", true, 4L, 1, 0.1, 99.0, 10, 10, null),
            new SitePerformance("late", "0x02", false, null, null, null, null, 0, 0, null)));
    assertThat(shell.said("GET CONTRACT STATUS " + NAME)).contains("CONTRACT STATE : COMPLETED");
    assertThat(shell.said("RESET CONTRACT " + NAME)).containsExactly("CONTRACT RESET : " + NAME);
  }

  @Test
  void haveNoPerformanceBeforeSitesReport() {
    assertThat(shell.said("PERFDATA " + NAME)).contains("No site is enrolled yet.");
    assertThat(shell.error("GET CONTRACT STATUS nothing")).contains("no contract nothing");
  }
}
