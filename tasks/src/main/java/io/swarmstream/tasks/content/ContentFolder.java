package io.swarmstream.tasks.content;

import io.swarmstream.tasks.run.ContentOrder;
import io.swarmstream.tasks.run.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Carries the steps of a content task out in one folder. */
public final class ContentFolder {
  private ContentFolder() {}

  /** Carries out the steps, in their order. */
  public static void fill(
      Path folder, List<ContentOrder.Step> steps, long maxBytes, WorkDeadline deadline) {
    try {
      FolderWriter writer = new FolderWriter(folder, maxBytes, deadline);
      for (ContentOrder.Step step : steps) {
        deadline.check();
        if (step instanceof ContentOrder.Step.Download download) {
          Download.fetch(download.from(), download.out(), writer, deadline);
        } else if (step instanceof ContentOrder.Step.Extract extract) {
          String name = extract.archive().replaceFirst("^file://", "");
          Path archive = writer.place(name);
          if (!Files.isRegularFile(archive)) {
            throw new RunFailure(
                "EXTRACT "
                    + extract.archive()
                    + ": there is no such file in the volume; DOWNLOAD it first");
          }
          Extraction.extract(archive, extract.out(), writer);
        }
      }
    } catch (IOException e) {
      throw new RunFailure("content could not be made: " + e, e);
    }
  }
}
