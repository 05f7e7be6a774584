package io.swarmstream.tasks.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.ResponseItem;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.tasks.content.WorkDeadline;
import io.swarmstream.tasks.run.RunFailure;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What an engine says while it builds or pulls. The library's own callbacks fail on engines that
 * report no status.
 */
final class EngineStream<T extends ResponseItem> extends ResultCallback.Adapter<T> {
  private static final int LONGEST = 400;

  private final Writer log;
  private volatile @Nullable String error;
  private volatile String last = "it printed nothing";

  private final CountDownLatch ended = new CountDownLatch(1);

  EngineStream(Path log) throws IOException {
    Files.deleteIfExists(log);
    PrivateFiles.file(log);
    this.log = Files.newBufferedWriter(log, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
  }

  @Override
  @SuppressWarnings("deprecation") // some engines give the text only
  public void onNext(T item) {
    String text = item.getStream() == null ? item.getStatus() : item.getStream();
    if (text != null && !text.isBlank()) {
      last = text.strip();
      write(text);
    }
    if (item.getErrorDetail() != null && item.getErrorDetail().getMessage() != null) {
      error = item.getErrorDetail().getMessage();
    } else if (item.getError() != null) {
      error = item.getError();
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (error == null) {
      error = EngineFailures.reason(failure);
    }
    super.onError(failure);
    ended.countDown();
  }

  @Override
  public void onComplete() {
    super.onComplete();
    ended.countDown();
  }

  private synchronized void write(String text) {
    try {
      log.write(text.endsWith("\n") ? text : text + "\n");
      log.flush();
    } catch (IOException e) {
      last = "the log could not be written: " + e;
    }
  }

  /** Waits for the end, fails with what went wrong. */
  void await(String what, WorkDeadline deadline) {
    try {
      // The library's own wait closes the stream when its time is over.
      while (!ended.await(300, TimeUnit.MILLISECONDS)) {
        deadline.check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailure(what + " was interrupted", e);
    } finally {
      closeAll();
    }
    Optional<String> failure = Optional.ofNullable(error);
    if (failure.isPresent()) {
      String before = last;
      String text = failure.get().strip();
      throw new RunFailure(
          what
              + " failed: "
              + shortened(text)
              + (text.contains(before) ? "" : "; before: " + shortened(before)));
    }
  }

  /** The newest thing that the engine said. */
  String last() {
    return shortened(last);
  }

  private void closeAll() {
    try {
      close();
      log.close();
    } catch (IOException e) {
      last = e.toString();
    }
  }

  /** Engines begin with what they did, and end with why it failed. */
  private static String shortened(String text) {
    return text.length() > LONGEST
        ? text.substring(0, LONGEST / 2) + " … " + text.substring(text.length() - LONGEST / 2)
        : text;
  }
}
