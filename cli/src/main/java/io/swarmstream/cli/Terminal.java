package io.swarmstream.cli;

import io.swarmstream.schemas.files.TemporaryFolder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
    AtomicInteger code = new AtomicInteger(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (done.getCount() > 0) {
                    runner.interrupt();
                    await(done);
                    // A thread that does not close in time must not leave gigabytes behind.
                    TemporaryFolder.closeAll();
                    if (done.getCount() == 0 && code.get() == 0) {
                      // A command that runs until it is stopped has done what it should. The JVM
                      // would exit with the number of the signal, as if it had failed.
                      Runtime.getRuntime().halt(0);
                    }
                  }
                },
                "close-on-interrupt"));
    try {
      code.set(command.getAsInt());
    } finally {
      done.countDown(); // also after an error, which nobody has to be given time for
    }
    System.exit(code.get());
  }

  private static void await(CountDownLatch done) {
    try {
      var unused = done.await(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
