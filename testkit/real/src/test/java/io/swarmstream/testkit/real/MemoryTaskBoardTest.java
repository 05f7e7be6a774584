package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.tasks.RegisteredAgent;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTaskBoardTest extends TaskrunnerContract {
  private final MemoryTaskBoard board = new MemoryTaskBoard();

  @Override
  TaskBoard member(int account, Role... roles) {
    return board.as(account(account), roles);
  }

  @Override
  String account(int number) {
    return number == 0 ? MemoryTaskBoard.FOUNDER : "0x" + ("" + number).repeat(40);
  }

  @Test
  void aForgedBodyIsRefused() {
    finalised("build");
    board.forge("build", List.of("another"));

    assertThatIllegalStateException()
        .isThrownBy(() -> observer.body("build"))
        .withMessageContaining("the body of task build has hash");
  }

  @Test
  void agentsWithoutTheRoleDoNotCount() {
    agent.register(RUNNER, 1);
    other.register(RUNNER, 1);
    board.as(account(4), Role.SITE);

    assertThat(observer.registered(RUNNER)).containsExactly(new RegisteredAgent(account(5), 1));
  }
}
