package io.swarmstream.tasks.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A stream that is closed when its deadline is over, so that a read that waits ends, too. */
final class InterruptedRead extends FilterInputStream {
  private static final Duration PERIOD = Duration.ofMillis(500);

  private final Thread watch;

  InterruptedRead(InputStream in, WorkDeadline deadline) {
    super(in);
    watch =
        new Thread(
            () -> {
              try {
                while (true) {
                  deadline.check();
                  Thread.sleep(PERIOD.toMillis());
                }
              } catch (InterruptedException e) {
                // read to its end
              } catch (RuntimeException e) {
                closeQuietly();
              }
            },
            "download-deadline");
    watch.setDaemon(true);
    watch.start();
  }

  private void closeQuietly() {
    try {
      in.close();
    } catch (IOException e) {
      // it is as good as closed
    }
  }

  @Override
  public void close() throws IOException {
    watch.interrupt();
    super.close();
  }
}
