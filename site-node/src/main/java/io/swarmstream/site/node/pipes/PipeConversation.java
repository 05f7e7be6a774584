package io.swarmstream.site.node.pipes;

import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.Merged;
import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.pickle.Unpickler;
import io.swarmstream.site.node.problem.Failure;
import io.swarmstream.site.node.problem.ProblemException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one client's messages until it closes its end. One thread uses it. */
final class PipeConversation {
  private static final Logger LOG = LoggerFactory.getLogger(PipeConversation.class);
  private static final int PIECE = 1 << 20;

  /** A model may give way to a newer one while it is written. */
  private static final int ATTEMPTS = 5;

  private final SiteNode node;
  private final PipeFolder folder;
  private final Duration deadline;
  private final Incoming in;
  private final Outgoing out;
  private final String id;

  /** Null: the client has not opened a session. */
  private @Nullable PipedTraining training;

  private int losses;
  private long given = -1;

  /**
   * Begins with a client.
   *
   * @param id for its session
   */
  PipeConversation(
      SiteNode node, PipeFolder folder, Duration deadline, Incoming in, Outgoing out, String id) {
    this.node = node;
    this.folder = folder;
    this.deadline = deadline;
    this.in = in;
    this.out = out;
    this.id = id;
  }

  /**
   * Answers until the client sends what cannot be read.
   *
   * @throws InterruptedException when it has closed its end
   */
  void run() throws IOException, InterruptedException {
    boolean goesOn = true;
    while (goesOn) {
      try (Frame frame = in.take()) {
        goesOn = isAnswered(frame);
      }
    }
  }

  /** The client's training, to be left; null: it has none. */
  @Nullable PipedTraining training() {
    return training;
  }

  /** Whether another message can follow. */
  private boolean isAnswered(Frame frame) throws IOException, InterruptedException {
    if (frame.problem().isPresent()) {
      String problem = frame.problem().get();
      LOG.warn("A client of the pipes in {} cannot be understood: {}", folder, problem);
      out.speak(frame.apiVersion());
      out.status(Outgoing.Code.ERROR_IN_TRAINER, problem);
      return false;
    }
    MessageType type = frame.type().orElseThrow();
    switch (type) {
      case OPEN_SESSION -> open(frame);
      case SYNC, CLOSE_SESSION -> exchange(frame, type);
      case KILL_SESSION -> leave();
      default ->
          out.status(
              Outgoing.Code.ERROR_IN_TRAINER,
              "a message of type " + type.code() + " is not expected now");
    }
    return true;
  }

  private void open(Frame frame) throws IOException, InterruptedException {
    leave();
    PipedTraining opened;
    try {
      opened = new PipedTraining(node, id, SessionAsked.parse(frame.body()), deadline);
      opened.check();
    } catch (IOException | RuntimeException e) {
      ProblemException problem = Failure.of(e);
      LOG.warn("A client of the pipes in {} is refused: {}", folder, problem.detail());
      out.sessionOpened(code(problem), problem.detail(), id);
      return;
    }
    training = opened;
    out.sessionOpened(Outgoing.Code.OK, "StatusOK", id);
  }

  private void leave() throws IOException, InterruptedException {
    PipedTraining left = training;
    training = null;
    if (left != null) {
      left.leave();
    }
  }

  private void exchange(Frame frame, MessageType type) throws IOException, InterruptedException {
    MessageType answer =
        type == MessageType.SYNC ? MessageType.SYNC_ANSWER : MessageType.CLOSE_SESSION_ANSWER;
    FileChannel message = frame.file().orElseThrow();
    int sequence = 0;
    try {
      SyncAsked asked = SyncAsked.parse(message);
      sequence = asked.sequence();
      PipedTraining mine = required(asked.sessionId());
      try (TrainerArrays arrays = arrays(asked, message)) {
        boolean loaded =
            type == MessageType.SYNC ? synced(mine, asked, arrays) : finished(mine, asked, arrays);
        if (loaded) {
          out.synced(
              answer,
              Outgoing.Code.OK,
              "StatusOK",
              id,
              sequence,
              mine.nextInterval(),
              mine.isOver());
        }
      }
    } catch (ClientGoneException | ClosedByInterruptException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      ProblemException problem = Failure.of(e);
      LOG.warn("Sync {} of session {} has failed: {}", sequence, id, problem.detail());
      out.synced(answer, code(problem), problem.detail(), id, sequence, 0, false);
    }
  }

  private PipedTraining required(String sessionId) {
    PipedTraining mine = training;
    if (mine == null || !sessionId.equals(id)) {
      throw ProblemException.badValue(
          "sessionID",
          sessionId.replaceAll("[^\\x20-\\x7e]", "?"),
          mine == null ? "of a session that is open; open one first" : id);
    }
    return mine;
  }

  private TrainerArrays arrays(SyncAsked asked, FileChannel message) throws IOException {
    return asked.inline().isPresent()
        ? TrainerArrays.read(message, true, file -> InlineWeights.read(file, asked.inline().get()))
        : TrainerArrays.read(folder.trained(asked.fileName()), false, Unpickler::read);
  }

  private boolean synced(PipedTraining mine, SyncAsked asked, TrainerArrays arrays)
      throws IOException, InterruptedException {
    mine.sync(arrays, asked.nodeWeightage(), CheckIn.TRAINING);
    return isLoaded(mine, asked, arrays);
  }

  private boolean finished(PipedTraining mine, SyncAsked asked, TrainerArrays arrays)
      throws IOException, InterruptedException {
    boolean contributes = mine.isNew() || mine.checkIn() == CheckIn.SNAPSHOT;
    if (contributes && !mine.isOver()) {
      mine.sync(arrays, asked.nodeWeightage(), mine.checkIn());
      if (!isLoaded(mine, asked, arrays)) {
        return false;
      }
    }
    do {
      if (mine.finish(arrays, given) && !isLoaded(mine, asked, arrays)) {
        return false;
      }
    } while (!mine.isOver());
    return true;
  }

  /** Gives the client the newest model, and says whether it has loaded it. */
  private boolean isLoaded(PipedTraining mine, SyncAsked asked, TrainerArrays arrays)
      throws IOException, InterruptedException {
    losses++;
    deliver(mine, asked, arrays);
    while (true) {
      try (Frame frame = in.take()) {
        if (frame.is(MessageType.GET_LOSS_ANSWER)) {
          LossAnswered answer = LossAnswered.parse(frame.body());
          if (answer.status() != 0) {
            LOG.warn("The client of session {} did not load the model: {}", id, answer.reason());
            return false;
          }
          mine.evaluated(answer);
          return true;
        }
        if (!isAnswered(frame) || training == null) {
          throw new ClientGoneException("the client has ended its session");
        }
      }
    }
  }

  private void deliver(PipedTraining mine, SyncAsked asked, TrainerArrays arrays)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Merged merged = mine.model(arrays);
      MergedArrays model = new MergedArrays(arrays, mine.layout(arrays), merged.vector());
      if (arrays.isInline()) {
        out.merged(id, asked.sequence(), losses, model);
        given = merged.round();
        return;
      }
      try {
        String name = written(model);
        given = merged.round();
        out.merged(id, asked.sequence(), losses, name);
        return;
      } catch (UncheckedIOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        LOG.info("A newer model has come while one was written for session {}", id);
      }
    }
  }

  private String written(MergedArrays model) throws IOException {
    try (FileChannel file = folder.draft();
        OutputStream to = new BufferedOutputStream(Channels.newOutputStream(file), PIECE)) {
      model.writePickle(to);
    }
    return folder.publish();
  }

  private static Outgoing.Code code(ProblemException problem) {
    return problem.code().status() >= 500
        ? Outgoing.Code.ERROR_IN_NODE
        : Outgoing.Code.ERROR_IN_TRAINER;
  }
}
