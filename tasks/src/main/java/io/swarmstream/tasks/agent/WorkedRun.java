package io.swarmstream.tasks.agent;

import java.io.IOException;

/** What an agent does for a run that was allowed. */
interface WorkedRun {
  /** Looks once, and does what is due; changes the journal. Returns soon. */
  void step() throws IOException;

  /** Begins to stop what it does in this process. */
  void stop();
}
