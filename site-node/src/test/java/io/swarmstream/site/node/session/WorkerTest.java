package io.swarmstream.site.node.session;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.site.node.problem.ProblemException;
import org.junit.jupiter.api.Test;

class WorkerTest {
  @Test
  void saysThatItsSessionWasClosed() {
    Worker worker = new Worker("test");
    worker.close();

    assertThatThrownBy(() -> worker.submit(() -> {}))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("open it again");
  }
}
