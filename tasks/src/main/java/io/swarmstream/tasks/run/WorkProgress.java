package io.swarmstream.tasks.run;

/** Whom work tells how far it is, and who may stop it. */
public interface WorkProgress {
  /** WorkProgress that nobody follows or stops. */
  WorkProgress NONE =
      new WorkProgress() {
        @Override
        public void says(String status) {}

        @Override
        public boolean isStopped() {
          return false;
        }
      };

  /** A step has been reached; for people, such as {@code Build thread has started}. */
  void says(String status);

  /** Whether the work shall end; it looks at least once a second, and fails then. */
  boolean isStopped();
}
