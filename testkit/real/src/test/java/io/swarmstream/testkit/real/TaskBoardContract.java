package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.tasks.NewTask;
import io.swarmstream.clients.chain.tasks.Task;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import io.swarmstream.clients.chain.tasks.TaskType;
import io.swarmstream.schemas.hashing.Hash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every task board does with tasks; {@link TaskrunnerContract} has the taskrunners. */
@SuppressWarnings("NullAway.Init")
abstract class TaskBoardContract {
  TaskBoard admin;
  TaskBoard owner;
  TaskBoard observer;

  /** A view of the board as one of its members, who joins with these roles. */
  abstract TaskBoard member(int account, Role... roles);

  /** The account of a member, 0 for the founder. */
  abstract String account(int number);

  @BeforeEach
  void join() {
    admin = member(0, Role.values());
    owner = member(1, Role.OWNER);
    observer = member(2, Role.OBSERVER);
  }

  @Test
  void beginsWithTheRootTask() {
    Task root = owner.task(TaskBoard.ROOT_TASK).orElseThrow();

    assertThat(root.type()).isEqualTo(TaskType.ROOT_TASK);
    assertThat(root.author()).isEqualTo("SWARMSTREAM");
    assertThat(root.isFinalised()).isTrue();
    assertThat(root.bodyLines()).isZero();
    assertThat(owner.body(TaskBoard.ROOT_TASK)).isEmpty();
    assertThat(owner.tasks()).containsExactly(root);
  }

  @Test
  void keepsATaskAndItsBody() {
    owner.create(newTask("build"));
    owner.writeBody("build", 1, List.of("BuildType : INLINE", "", "ünïcode"));
    owner.writeBody("build", 4, List.of("last"));
    owner.writeBody("build", 2, List.of("second"));
    Task draft = observer.task("build").orElseThrow();
    assertThat(draft.isFinalised()).isFalse();
    assertThat(draft.bodyHash()).isEmpty();
    assertThat(observer.body("build"))
        .containsExactly("BuildType : INLINE", "second", "ünïcode", "last");

    owner.finalise("build");

    Task task = observer.task("build").orElseThrow();
    assertThat(task)
        .isEqualTo(
            new Task(
                "build",
                TaskType.MAKE_USER_CONTAINER,
                "Jörg",
                TaskBoard.ROOT_TASK,
                "user-image",
                account(1),
                true,
                Hash.sha256(
                        "BuildType : INLINE\nsecond\nünïcode\nlast"
                            .getBytes(StandardCharsets.UTF_8))
                    .hex(),
                4,
                draft.createdAt()));
    assertThat(observer.tasks()).extracting(Task::name).containsExactly("ROOTTASK", "build");
    assertThat(observer.body("build")).hasSize(4);
  }

  @Test
  void aTaskMayHaveNoBody() {
    owner.create(newTask("empty"));
    owner.finalise("empty");

    assertThat(owner.body("empty")).isEmpty();
    assertThat(owner.task("empty").orElseThrow().bodyHash())
        .isEqualTo(owner.task(TaskBoard.ROOT_TASK).orElseThrow().bodyHash());
  }

  @Test
  void namesAreUniqueUntilADraftIsDeleted() {
    owner.create(newTask("build"));
    owner.writeBody("build", 1, List.of("line of the first"));
    assertRefused("TaskExists", () -> admin.create(newTask("build")))
        .hasMessageContaining("created by " + account(1));

    owner.delete("build");

    assertThat(owner.task("build")).isEmpty();
    assertThat(owner.tasks()).extracting(Task::name).containsExactly("ROOTTASK");
    assertRefused("UnknownTask", () -> owner.delete("build"));
    admin.create(newTask("build"));
    assertThat(owner.body("build")).isEmpty();
    assertThat(owner.task("build").orElseThrow().account()).isEqualTo(account(0));
  }

  @Test
  void aFinalisedTaskNeverChanges() {
    finalised("build");

    assertRefused("TaskIsFinalised", () -> owner.writeBody("build", 1, List.of("another")))
        .hasMessageContaining("create a task with another name");
    assertRefused("TaskIsFinalised", () -> owner.finalise("build"));
    assertRefused("TaskIsFinalised", () -> admin.delete("build"));
    assertRefused("TaskIsFinalised", () -> admin.delete(TaskBoard.ROOT_TASK));
  }

  @Test
  void onlyOwnersAndAdminsWrite() {
    owner.create(newTask("build"));

    assertRefused("MissingRole", () -> observer.create(newTask("other")))
        .hasMessageContaining("with the role admin or owner");
    assertRefused("MissingRole", () -> observer.writeBody("build", 1, List.of("a")));
    assertRefused("MissingRole", () -> observer.finalise("build"));
    assertRefused("MissingRole", () -> observer.delete("build"));
    assertRefused("MissingRole", () -> observer.createTaskrunner("runner"));
  }

  @Test
  void othersTasksAreForTheirAuthorsAndAdmins() {
    TaskBoard other = member(3, Role.OWNER);
    owner.create(newTask("build"));

    assertRefused("NotTaskOwner", () -> other.writeBody("build", 1, List.of("a")))
        .hasMessageContaining(account(1));
    assertRefused("NotTaskOwner", () -> other.finalise("build"));
    assertRefused("NotTaskOwner", () -> other.delete("build"));

    admin.writeBody("build", 1, List.of("a"));
    admin.finalise("build");
    assertThat(other.body("build")).containsExactly("a");
  }

  @Test
  void thePrerequisiteIsAFinalisedTask() {
    assertRefused("UnknownTask", () -> owner.create(newTask("run", "build")));
    owner.create(newTask("build"));
    assertRefused("TaskNotFinalised", () -> owner.create(newTask("run", "build")));

    owner.finalise("build");
    owner.create(newTask("run", "build"));

    assertThat(owner.task("run").orElseThrow().prerequisite()).isEqualTo("build");
  }

  @Test
  void theBodyHasNoGaps() {
    owner.create(newTask("build"));

    assertRefused("LineGap", () -> owner.writeBody("build", 2, List.of("a")));
    assertRefused("LineGap", () -> owner.writeBody("build", 0, List.of("a")))
        .hasMessageContaining("the body has 0 lines");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> owner.writeBody("build", 1, List.of("a\nb")))
        .withMessageContaining("line feed");
    owner.writeBody("build", 1, List.of());
    assertThat(owner.task("build").orElseThrow().bodyLines()).isZero();
  }

  @Test
  void textsAreShortAndPrintable() {
    String longest = "n".repeat(160);
    owner.create(new NewTask(longest, TaskType.PULL_IMAGE, longest, TaskBoard.ROOT_TASK, longest));
    assertThat(owner.task(longest)).isPresent();

    assertRefused("LengthOutOfRange", () -> owner.create(newTask(longest + "n")))
        .hasMessageContaining("name has 161 bytes; it takes 1 to 160");
    assertRefused("LengthOutOfRange", () -> owner.create(newTask("")));
    assertRefused("ControlCharacter", () -> owner.create(newTask("a\u001b[2J")))
        .hasMessageContaining("name has a control character at byte 1");
    assertRefused("ControlCharacter", () -> owner.createTaskrunner("a\nb"));
    assertRefused(
        "ControlCharacter",
        () ->
            owner.create(
                new NewTask("a", TaskType.PULL_IMAGE, "b\u007f", TaskBoard.ROOT_TASK, "c")));
    assertRefused(
        "NothingToRun",
        () -> owner.create(new NewTask("a", TaskType.ROOT_TASK, "b", TaskBoard.ROOT_TASK, "c")));
  }

  @Test
  void aBodyOfManyLinesIsOne() {
    List<String> lines = IntStream.range(0, 3000).mapToObj(this::line).toList();
    owner.create(newTask("long"));

    owner.writeBody("long", 1, lines);
    owner.finalise("long");

    assertThat(observer.task("long").orElseThrow().bodyLines()).isEqualTo(3000);
    assertThat(observer.body("long")).isEqualTo(lines);
  }

  private String line(int number) {
    return number + "-".repeat(79 - String.valueOf(number).length());
  }

  void finalised(String name) {
    finalised(name, TaskType.MAKE_USER_CONTAINER);
  }

  void finalised(String name, TaskType type) {
    owner.create(new NewTask(name, type, "Jörg", TaskBoard.ROOT_TASK, "user-image"));
    owner.writeBody(name, 1, List.of("line"));
    owner.finalise(name);
  }

  static NewTask newTask(String name) {
    return newTask(name, TaskBoard.ROOT_TASK);
  }

  static NewTask newTask(String name, String prerequisite) {
    return new NewTask(name, TaskType.MAKE_USER_CONTAINER, "Jörg", prerequisite, "user-image");
  }

  static AbstractThrowableAssert<?, ChainRefusalException> assertRefused(
      String error, ThrowingCallable act) {
    ChainRefusalException refusal = catchThrowableOfType(ChainRefusalException.class, act);
    assertThat(refusal).as("refusal with " + error).isNotNull();
    assertThat(refusal.error()).isEqualTo(error);
    return assertThat(refusal);
  }
}
