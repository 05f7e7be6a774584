package io.swarmstream.site.node.pipes;

import io.swarmstream.schemas.files.FolderLock;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.signing.RandomHex;
import io.swarmstream.site.node.SiteNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves programs that have HPE Swarm Learning's client inside, through two named pipes: one client
 * after the other. A client that ends, or sends what cannot be read, leaves its training, and the
 * pipes are open to the next one.
 */
public final class Pipes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pipes.class);

  /** Names of sessions begin so. */
  private static final String PREFIX = "pipes-";

  private static final int ID_BYTES = 4;
  private static final long PAUSE_MS = 1_000;

  private final SiteNode node;
  private final PipeOptions options;
  private final PipeFolder folder;
  private final Path spool;
  private final FolderLock held;
  private final Thread thread = new Thread(this::serve, "swarm-pipes");
  private final CountDownLatch closing = new CountDownLatch(1);

  private volatile @Nullable OpenPipes open;

  private Pipes(SiteNode node, PipeOptions options, FolderLock held)
      throws IOException, InterruptedException {
    this.node = node;
    this.options = options;
    this.held = held;
    this.folder = PipeFolder.make(options.folder());
    this.spool = PrivateFiles.closedFolder(node.folder().resolve("pipes"));
    forgetEarlier();
  }

  /**
   * Makes the pipes and serves them until they are closed. Closing them does not close the node.
   *
   * @throws IOException when the pipes cannot be made
   * @throws IllegalStateException when another node has them
   */
  public static Pipes start(SiteNode node, PipeOptions options)
      throws IOException, InterruptedException {
    FolderLock held =
        FolderLock.of(
            options.folder(),
            "a node serves the pipes in " + options.folder() + " already; name another folder");
    try {
      Pipes started = new Pipes(node, options, held);
      started.thread.setDaemon(true);
      started.thread.start();
      return started;
    } catch (IOException | RuntimeException | InterruptedException e) {
      held.close();
      throw e;
    }
  }

  /** For the trainer's variable {@code SL_REQUEST_CHANNEL}. */
  public Path requests() {
    return folder.requests();
  }

  /** For the trainer's variable {@code SL_RESPONSE_CHANNEL}. */
  public Path responses() {
    return folder.responses();
  }

  /** A client never continues a session of an earlier process of the node. */
  private void forgetEarlier() throws IOException {
    Path sessions = node.folder().resolve("sessions");
    if (Files.isDirectory(sessions)) {
      try (DirectoryStream<Path> left = Files.newDirectoryStream(sessions, PREFIX + "*")) {
        for (Path session : left) {
          delete(session);
        }
      }
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(spool, "message-*")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void delete(Path session) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(session)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(session);
  }

  private void serve() {
    while (closing.getCount() > 0) {
      try {
        serveOne();
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        LOG.error("The pipes in {} have failed; they open again", folder, e);
        pause();
      } catch (InterruptedException e) {
        LOG.debug("A client of the pipes has gone");
      }
    }
  }

  private void pause() {
    try {
      var unused = closing.await(PAUSE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      LOG.debug("A client of the pipes has gone");
    }
  }

  private void serveOne() throws IOException, InterruptedException {
    PipeFolder ready = PipeFolder.make(options.folder());
    OpenPipes pipes = OpenPipes.awaitClient(ready);
    open = pipes;
    if (closing.getCount() == 0) {
      pipes.close();
      return;
    }
    Incoming in = new Incoming(pipes, spool, Thread.currentThread());
    PipeConversation talk =
        new PipeConversation(
            node,
            ready,
            options.deadline(),
            in,
            new Outgoing(pipes),
            PREFIX + RandomHex.ofBytes(ID_BYTES));
    LOG.info("A client has opened the pipes in {}", folder);
    try {
      talk.run();
    } catch (IOException e) {
      LOG.info("A client of the pipes in {} has ended early: {}", folder, e.toString());
    } catch (InterruptedException e) {
      LOG.info("A client has closed the pipes in {}", folder);
    } finally {
      end(pipes, in, talk);
    }
  }

  /**
   * Ends with a client. Opens the pipes to the next one only when this one has closed its end:
   * before, this one would be taken for the next.
   */
  private static void end(OpenPipes pipes, Incoming in, PipeConversation talk)
      throws IOException, InterruptedException {
    in.interruptNobody();
    var unused = Thread.interrupted();
    pipes.endAnswers();
    try {
      PipedTraining left = talk.training();
      if (left != null) {
        left.leave();
      }
      in.awaitEnd();
    } finally {
      pipes.close();
      in.close();
    }
  }

  /** Stops serving. Leaves the training of a client that is there, as if it had ended. */
  @Override
  public void close() throws IOException, InterruptedException {
    closing.countDown();
    try {
      end();
    } finally {
      held.close();
    }
  }

  private void end() throws IOException, InterruptedException {
    for (int attempt = 0; thread.isAlive() && attempt < 50; attempt++) {
      OpenPipes now = open;
      if (now != null) {
        now.close();
      }
      OpenPipes.wake(folder);
      thread.join(200);
    }
  }
}
