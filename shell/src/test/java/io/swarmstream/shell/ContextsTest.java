package io.swarmstream.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.shell.context.ContextBook;
import io.swarmstream.shell.session.ShellSession;
import io.swarmstream.shell.session.Workplace;
import io.swarmstream.shell.swarm.SwarmMark;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextsTest {
  @TempDir private Path home;
  private TestShell shell;

  @BeforeEach
  void begin() throws Exception {
    shell = new TestShell(home);
  }

  @Test
  void beginsWithTheMembersOwnNode() {
    assertThat(shell.said("GET CONTEXT INFO"))
        .contains("CONTEXT NAME : own", "API SERVER URL : https://127.0.0.1:30304");
    assertThat(shell.said("LIST CONTEXTS")).containsExactly("* own  https://127.0.0.1:30304");
    assertThat(shell.said("GET CONTEXT VERSION")).contains("API SERVER VERSION : 1.0");
  }

  @Test
  void makesAndSwitchesContexts() throws Exception {
    assertThat(shell.said("create context night with ip sn1"))
        .containsExactly("API Server is UP!", "CONTEXT CREATED : night");
    assertThat(shell.said("SWITCH CONTEXT night"))
        .containsExactly("DEFAULT CONTEXT SET TO : night");
    assertThat(shell.said("LIST CONTEXTS"))
        .containsExactly("  own    https://127.0.0.1:30304", "* night  https://127.0.0.1:30304");
    // A later shell begins there.
    ContextBook later = ContextBook.in(shell.folder, TestShell.OWN);
    assertThat(later.current()).isEqualTo("night");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(shell.folder.resolve("contexts.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void scriptsMayMakeAContextAgain() {
    shell.said("CREATE CONTEXT night WITH IP sn1");
    shell.said("SET CONTEXT ENV night A b");
    shell.others.put(URI.create("https://proxy.example:443"), shell.swarm);
    shell.said("CREATE CONTEXT night WITH SERVICE proxy.example");
    assertThat(shell.said("GET CONTEXT ENV night A")).containsExactly("A : b");
    assertThat(shell.said("GET CONTEXT INFO night"))
        .contains("SERVICE : proxy.example", "API SERVER PORT : 443");
  }

  @Test
  void keepsVariables() {
    shell.said("SET CONTEXT ENV own ONE '1 and 2'");
    shell.said("SET CONTEXT ENV own TWO 2");
    assertThat(shell.said("LIST CONTEXT ENV own")).containsExactly("ONE : 1 and 2", "TWO : 2");
    assertThat(shell.error("GET CONTEXT ENV own THREE")).contains("it has [ONE, TWO]");
    assertThat(shell.error("SET CONTEXT ENV own 1- x")).contains("no name of a variable");
  }

  @Test
  void variablesAreThePresentContextsWhereNoneIsNamed() {
    shell.said("CREATE CONTEXT night WITH IP sn1");
    shell.said("SWITCH CONTEXT night");
    shell.said("SET CONTEXT ENV ONE 1");
    assertThat(shell.said("GET CONTEXT ENV ONE")).containsExactly("ONE : 1");
    assertThat(shell.said("LIST CONTEXT ENV")).containsExactly("ONE : 1");
    assertThat(shell.said("LIST CONTEXT ENV own")).isEmpty();
    assertThat(shell.error("GET CONTEXT ENV TWO")).contains("context night has no variable TWO");
  }

  @Test
  void takesTheFormsOfVersionOne() {
    assertThat(shell.said("wait for sn1")).contains("API Server is UP!");
    assertThat(shell.said("create context night sn1"))
        .containsExactly("API Server is UP!", "CONTEXT CREATED : night");
    assertThat(shell.error("CREATE CONTEXT x nowhere 1")).contains("nothing listens there");
    // What is only misspelt, or not complete, gets the same advice as ever.
    assertThat(shell.error("WAIT FOR TASKRUNER r")).contains("did you mean TASKRUNNER?");
    assertThat(shell.error("CREATE CONTEXT x WIHT IP sn1")).contains("did you mean WITH?");
    assertThat(shell.error("CREATE CONTEXT x WITH")).contains("expected IP or SERVICE");
    assertThat(shell.error("CREATE CONTEXT x WITH 30304")).contains("expected IP or SERVICE");
    assertThat(shell.error("WAIT FOR")).contains("expected IP, SERVICE or TASKRUNNER");
  }

  @Test
  void refusesWhatDoesNotAnswerAndOtherSwarms() {
    assertThat(shell.error("CREATE CONTEXT x WITH IP nowhere 1")).contains("nothing listens there");
    FakeSwarm other = new FakeSwarm();
    other.mark = new SwarmMark("0x" + "d".repeat(40), FakeSwarm.MARK.trainingContracts());
    shell.others.put(URI.create("https://other:30304"), other);
    assertThat(shell.error("CREATE CONTEXT x WITH IP other"))
        .contains("belongs to another swarm", "--folder");
    // The same addresses on another chain.
    shell.said("WAIT FOR IP sn1");
    other.mark = FakeSwarm.MARK;
    other.network = "eip155:8:0x01:" + FakeSwarm.MARK.trainingContracts();
    assertThat(shell.error("CREATE CONTEXT x WITH IP other")).contains("belongs to another swarm");
    assertThat(shell.said("LIST CONTEXTS")).hasSize(1);
  }

  @Test
  void refusesNamesThatAreNone() {
    assertThat(shell.error("SWITCH CONTEXT night"))
        .isEqualTo("there is no context night; there are own");
    assertThat(shell.error("CREATE CONTEXT 'a b' WITH IP sn1")).contains("no name of a context");
    assertThat(shell.error("CREATE CONTEXT x WITH IP evil@host/path")).contains("no host name");
    assertThat(shell.error("CREATE CONTEXT x WITH SERVICE host:port")).contains("no service");
  }

  @Test
  void waitsForANodeAndSaysWhy() {
    URI late = URI.create("https://late:30304");
    shell.onPause =
        () -> {
          if (shell.passed().compareTo(Duration.ofSeconds(20)) >= 0) {
            shell.others.put(late, shell.swarm);
          }
        };
    assertThat(shell.said("WAIT FOR IP late"))
        .containsExactly(
            "WAITING FOR https://late:30304",
            "no network node answers: https://late:30304: nothing listens there",
            "API Server is UP!");
    assertThat(shell.passed()).isEqualTo(Duration.ofSeconds(20));
    assertThat(shell.error("WAIT FOR SERVICE never:1 3"))
        .contains("has not answered 3 times", "nothing listens there");
    assertThat(shell.passed()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void clientsOfTheServiceWaitNoLonger() throws Exception {
    shell.session =
        ShellSession.remote(shell.parts, Workplace.confined(shell.usr), Duration.ofSeconds(30));
    assertThat(shell.error("WAIT FOR IP never")).contains("has not answered");
    assertThat(shell.passed()).isLessThanOrEqualTo(Duration.ofSeconds(30));
    shell.said("CREATE CONTEXT night WITH IP sn1");
    shell.said("SWITCH CONTEXT night");
    assertThat(ContextBook.in(shell.folder, TestShell.OWN).current()).isEqualTo("own");
  }

  @Test
  void listsNodes() {
    shell.swarm.node("SL", "hospital-a", "10.0.0.5:30305", false);
    assertThat(shell.said("LIST NODES"))
        .containsExactly(
            "NodeType, HostIP, Port, ContainerName, UUID, ParentUUID, I-am-alive",
            "SENTINEL, sn1.example, 30304, org-a, uuid-0, , 2026-01-01T00:01:00Z",
            "SL, 10.0.0.5, 30305, hospital-a, uuid-1, uuid-0, 2026-01-01T00:01:00Z (lost)");
  }
}
