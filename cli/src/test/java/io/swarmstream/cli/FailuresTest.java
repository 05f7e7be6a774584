package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      classes = {
        AccessDeniedException.class,
        NoSuchFileException.class,
        FileAlreadyExistsException.class,
        NotDirectoryException.class
      })
  void makesASentenceOfAPath(Class<? extends IOException> kind) throws Exception {
    IOException bare = kind.getConstructor(String.class).newInstance("/some/where");

    assertThat(Failures.sentence(bare)).contains("/some/where").contains(" ");
    assertThat(Failures.sentence(new UncheckedIOException(bare)))
        .contains("/some/where")
        .contains(" ");
  }

  @Test
  void saysWhoHasNoPermissionAndForWhat() {
    assertThat(Failures.sentence(new AccessDeniedException("/some/where")))
        .startsWith("no permission to read or write /some/where; give this user");
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
