package io.swarmstream.tasks.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmstream.clients.chain.tasks.NewTask;
import io.swarmstream.clients.chain.tasks.TaskType;
import io.swarmstream.tasks.definitions.MakeSwarmUserContent.ContentType;
import io.swarmstream.tasks.definitions.MakeSwarmUserContent.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskDefinitionTest {
  private static final String RUN =
      """
      ######################################################
      # a comment
      ######################################################
      Name: run_digits
      TaskType: RUN_SWARM
      Author: carol
      Prereq: build_digits
      Outcome: run_digits
      Body:
          Command: model/digits.py --cuda
          Entrypoint: python3
          WorkingDir: /tmp/test
          Envvars: ["DATA_DIR": app-data, "MAX_EPOCHS": 5, "LOOP": True, "PROXY": ~]
          PrivateContent: /tmp/test/
          SharedContent:
          -   Src: /srv/model
              Tgt: /tmp/test/model
              MType: BIND
      """;

  private static TaskDefinition parse(String text) {
    return TaskDefinition.parse("t.yaml", text);
  }

  private static RunSwarm run(String text) {
    return (RunSwarm) parse(text).body();
  }

  @Test
  void readsATaskThatTrains() {
    TaskDefinition task = parse(RUN);

    assertThat(task.asNewTask())
        .isEqualTo(
            new NewTask("run_digits", TaskType.RUN_SWARM, "carol", "build_digits", "run_digits"));
    assertThat(task.warnings()).isEmpty();
    RunSwarm body = (RunSwarm) task.body();
    assertThat(body.words()).containsExactly("python3", "model/digits.py", "--cuda");
    assertThat(body.variables().values())
        .isEqualTo(Map.of("DATA_DIR", "app-data", "MAX_EPOCHS", "5", "LOOP", "True"));
    assertThat(body.privateContent()).hasValue("/tmp/test");
    assertThat(body.sharedContent())
        .containsExactly(new SharedFolder("/srv/model", "/tmp/test/model", MountType.BIND));
  }

  @Test
  void readsABuildWhoseLinesAreIndented() {
    TaskDefinition task =
        parse(
            """
            Name: build
            TaskType: make_user_container
            Author: carol
            Prereq: ROOTTASK
            Outcome: user-env
            Body:
                BuildContext: sl-cli-lib
                BuildType: INLINE
                BuildSteps:
                - FROM python:3.11
                - ' '
                - RUN pip3 install \\
                - '   numpy ''scipy>1'''
                -
            """);

    assertThat(((MakeUserContainer) task.body()).buildSteps())
        .containsExactly("FROM python:3.11", " ", "RUN pip3 install \\", "   numpy 'scipy>1'", "");
    assertThat(TaskDefinition.ofBody(task.type(), task.bodyLines())).isEqualTo(task.body());
  }

  @Test
  void readsAnImageToPullWithEachKindOfCredentials() {
    String head =
        """
        Name: pull
        TaskType: PULL_IMAGE
        Author: carol
        Prereq: ROOTTASK
        Outcome: user-env
        Body: {OrgAndReg: registry.example.org/team/, RepoName: trainer, Tag: "1.0", Auth: AUTH}
        """;

    PullImage none = (PullImage) parse(head.replace("AUTH", "~")).body();
    assertThat(none.image()).isEqualTo("registry.example.org/team/trainer");
    assertThat(none.auth()).isEqualTo(new PullImage.Auth.None());
    assertThat(((PullImage) parse(head.replace("AUTH", "/etc/config.json")).body()).auth())
        .isEqualTo(new PullImage.Auth.ConfigFile("/etc/config.json"));
    TaskDefinition password =
        parse(head.replace("AUTH", "{Username: carol, Password: \"secret\"}"));
    assertThat(((PullImage) password.body()).auth())
        .isEqualTo(new PullImage.Auth.Password("carol", "secret"));
    assertThat(password.warnings())
        .singleElement()
        .asString()
        .contains("all members of the swarm can read");
    assertThat(password.body().toString()).doesNotContain("secret");
  }

  @Test
  void readsContentWithOptionsAsAListOrAMap() {
    MakeSwarmUserContent body =
        (MakeSwarmUserContent)
            parse(
                    """
                    Name: content
                    TaskType: MAKE_SWARM_USER_CONTENT
                    Author: carol
                    Prereq: ROOTTASK
                    Outcome: volume-1
                    Body:
                      ContentType: SWARMCONTENT
                      OpsList:
                      - Operation: DOWNLOAD
                        Target: https://example.org/data.tgz
                        Options: [Out: data.tgz]
                      - Operation: EXTRACT
                        Target: data.tgz
                        Options: {Out: data/}
                      - {Operation: EXTRACT, Target: data.tgz, Options: []}
                    """)
                .body();

    assertThat(body.contentType()).isEqualTo(ContentType.SWARMCONTENT);
    assertThat(body.steps())
        .extracting(MakeSwarmUserContent.ContentStep::operation)
        .containsExactly(Operation.DOWNLOAD, Operation.EXTRACT, Operation.EXTRACT);
    assertThat(body.steps())
        .extracting(MakeSwarmUserContent.ContentStep::out)
        .containsExactly(Optional.of("data.tgz"), Optional.of("data/"), Optional.empty());
  }

  @Test
  void takesWhatPeopleWrite() {
    RunSwarm expected = run(RUN);

    assertThat(run("---\n" + RUN)).as("a document's start").isEqualTo(expected);
    assertThat(run("\uFEFF---\n" + RUN + "...\n")).as("a mark of the order").isEqualTo(expected);
    assertThat(run(RUN.replace("\n", "\r\n"))).as("Windows").isEqualTo(expected);
    assertThat(run(RUN.replace("TaskType: RUN_SWARM", "TaskType : Run_Swarm"))).isEqualTo(expected);
    assertThat(run(RUN.replace(": 5", ": \"5\""))).as("a quoted number").isEqualTo(expected);
    assertThat(
            run(
                RUN.replaceAll(
                    "Envvars:.*",
                    "Envvars: {DATA_DIR: app-data, MAX_EPOCHS: 5, LOOP: True, PROXY: ~}")))
        .as("a map instead of a list of pairs")
        .isEqualTo(expected);
    assertThat(
            run(
                RUN.replaceAll(
                    "Envvars:.*",
                    "Envvars: [DATA_DIR: app-data, MAX_EPOCHS: 5, {LOOP: True, PROXY: null}]")))
        .as("maps with several pairs")
        .isEqualTo(expected);
    assertThat(run(RUN.replace("    -   Src", "        Src")))
        .as("one map instead of a list")
        .isEqualTo(expected);
    assertThat(run("x: &where /tmp/test\n" + RUN.replace(": /tmp/test\n", ": *where\n")))
        .as("an anchor")
        .isEqualTo(expected);
    assertThat(run(RUN.replaceAll("PrivateContent:.*", "")).privateContent())
        .as("a missing field")
        .isEmpty();
  }

  @Test
  void readsALineForEachPairOfAListThatIsAMap() {
    String list = RUN.replaceFirst("Body:\n", "Body:\n").replaceAll("(?m)^    (\\w)", "    - $1");
    list = list.replace("    -   Src", "        -   Src").replace("    Tgt", "        Tgt");

    assertThat(run(list.replace("        MType", "            MType")).words())
        .containsExactly("python3", "model/digits.py", "--cuda");
  }

  @Test
  void warnsAboutWhatItDoesNotKnow() {
    assertThat(parse(RUN.replace("Author:", "Colour: blue\nAuthor:")).warnings())
        .singleElement()
        .asString()
        .startsWith("t.yaml:6:9: field Colour is unknown and ignored; known are Name, TaskType");
    assertThat(parse(RUN.replace("WorkingDir", "workingdir")).warnings())
        .singleElement()
        .asString()
        .contains("field workingdir is called WorkingDir");
    assertThat(parse(RUN.replace("/srv/model", "<PROJECT-MODEL>")).warnings())
        .singleElement()
        .asString()
        .contains("has the placeholder <PROJECT-MODEL>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          RUN_SWARM$             | RUN_SWORM   | 5  | 11 | TaskType is 'RUN_SWORM', expected one of RUN_SWARM, MAKE
          Name: run_digits       | Nome: x     | 4  | 1  | field Name is missing, expected a name
          WorkingDir: .*         | WorkingDir: tmp | 12 | 17 | Body.WorkingDir is 'tmp', expected an absolute path
          MType: BIND            | MType: NFS  | 18 | 16 | Body.SharedContent[0].MType is 'NFS', expected one of BIND, VOLUME
          Entrypoint: python3    | Entrypoint: {a: b} | 11 | 17 | Body.Entrypoint is a map, expected a program
          --cuda                 | 'x          | 10 | 14 | the quote ' is not closed
          Tgt: /tmp/test/model   | Tgt: /tmp/../etc | 17 | 14 | expected a path without '..'
          Author: carol          | Author: !!python/object:os.system x | 6 | 9 | Author has the tag
          Author: carol          | Author: [   | 8 | 8 | not YAML
          """)
  void saysWhereAndWhatIsWrong(String from, String to, int line, int column, String problem) {
    String text = RUN.replaceFirst("(?m)" + from, to.replace("$", "\\$"));

    DefinitionException e = catchThrowableOfType(DefinitionException.class, () -> parse(text));

    assertThat(e).hasMessageContaining(problem).hasMessageStartingWith("t.yaml:" + e.line() + ":");
    assertThat(e.line()).isEqualTo(line);
    assertThat(e.column()).isEqualTo(column);
  }

  @Test
  void saysWhichTabIsInTheWay() {
    assertThatThrownBy(() -> parse(RUN.replace("    Entrypoint", "\tEntrypoint")))
        .hasMessage("t.yaml:11:1: a tab indents the line, expected spaces; replace the tab");
  }

  @Test
  void refusesASecondDocumentAndNoDocument() {
    assertThatThrownBy(() -> parse(RUN + "---\nName: other\n"))
        .hasMessageContaining("t.yaml:20:1: a second document begins");
    assertThatThrownBy(() -> parse("# nothing\n")).hasMessageContaining("empty");
    assertThatThrownBy(() -> parse("just a text")).hasMessageContaining("the document is a text");
  }

  @Test
  void refusesBuildStepsThatYamlTakesForMaps() {
    assertThatThrownBy(
            () ->
                TaskDefinition.ofBody(
                    TaskType.MAKE_USER_CONTAINER,
                    List.of("BuildSteps:", "- FROM x", "- LABEL a: b")))
        .hasMessageStartingWith("body:3:3: BuildSteps[1] is a map, because of a colon");
  }
}
