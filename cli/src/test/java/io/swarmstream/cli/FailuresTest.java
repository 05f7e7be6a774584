package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void saysWhatSomebodyWrote() {
    assertThat(Failures.sentence(new IllegalStateException("the broker is away")))
        .isEqualTo("the broker is away");
  }

  @Test
  void looksBehindAWrapper() {
    assertThat(Failures.sentence(new ExecutionException(new IllegalStateException("the cause"))))
        .isEqualTo("the cause");
  }

  @Test
  void keepsToOneLine() {
    assertThat(Failures.sentence(new IllegalStateException("first\n  second\r\nthird ")))
        .isEqualTo("first second third");
  }

  @Test
  void namesTheClassWhenThereIsNoMessage() {
    assertThat(Failures.sentence(new IllegalStateException()))
        .isEqualTo("failed with java.lang.IllegalStateException");
  }

  @Test
  void saysWhatToDoAboutANameWithoutAnAddress() {
    Exception unknown = new UnknownHostException("lab7: lab7: Name or service not known");
    assertThat(Failures.sentence(new IllegalStateException(unknown)))
        .startsWith("this machine knows no address of the name 'lab7'; add a line for it");
  }

  @Test
  void callsAnInterruptBySomethingBetterThanItsClass() {
    assertThat(Failures.sentence(new InterruptedException())).startsWith("interrupted");
  }
}
