package io.swarmstream.cli.agent;

import io.swarmstream.tasks.agent.OwnersDesk;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an answer of the owner is about. */
final class AnswerChoice {
  @Parameters(
      arity = "0..1",
      paramLabel = "RUN|TASK",
      description = "Number of the run that waits, or name of a task. Default: the run that waits.")
  private @Nullable String subject;

  @Option(
      names = "--author",
      paramLabel = "MEMBER",
      description = "All that this member creates and assigns, from now on.")
  private @Nullable String author;

  /** Answers; returns what it was about, for people. */
  String answer(OwnersDesk desk, boolean isYes) throws IOException {
    if (author != null && subject != null) {
      throw new IllegalArgumentException("give RUN, TASK or --author, not two of them");
    }
    if (author != null) {
      desk.answerAuthor(author, isYes);
      return "tasks of " + author;
    }
    if (subject != null && !subject.matches("\\d+")) {
      desk.answerTask(subject, isYes);
      return "task " + subject;
    }
    return desk.answerWaiting(subject == null ? null : Long.valueOf(subject), isYes);
  }
}
