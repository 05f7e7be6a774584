package io.swarmstream.testkit.real;

import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import org.junit.jupiter.api.AfterEach;

class ChainTaskBoardITCase extends TaskrunnerContract {
  private final MemberChain swarm = new MemberChain(DevChain.shared());

  @Override
  TaskBoard member(int account, Role... roles) {
    return (account == 0 ? swarm.founder : swarm.join(account, "member-" + account, roles)).tasks();
  }

  @Override
  String account(int number) {
    return swarm.address(number);
  }

  @AfterEach
  void close() {
    swarm.close();
  }
}
