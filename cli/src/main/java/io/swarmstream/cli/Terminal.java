package io.swarmstream.cli;

import io.swarmstream.local.TemporaryFolder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** The process around a command: handles its streams and Ctrl-C. */
final class Terminal {
  private static final long CLOSING_SECONDS = 30;

  private Terminal() {}

  /** Prints UTF-8 in any locale: a minimal machine has no locale and would print question marks. */
  static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
  }

  /**
   * Runs a command in this thread and exits with its code. When the JVM is asked to end first,
   * interrupts the thread and gives it time to close what it opened.
   */
  static void exitWith(IntSupplier command) {
    Thread runner = Thread.currentThread();
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (done.getCount() > 0) {
                    runner.interrupt();
                    await(done);
                    // A thread that does not close in time must not leave gigabytes behind.
                    TemporaryFolder.closeAll();
                  }
                },
                "close-on-interrupt"));
    int code = command.getAsInt();
    done.countDown();
    System.exit(code);
  }

  private static void await(CountDownLatch done) {
    try {
      var unused = done.await(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
