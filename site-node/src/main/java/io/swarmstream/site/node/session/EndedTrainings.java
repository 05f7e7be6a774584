package io.swarmstream.site.node.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers how the newest trainings of this site ended, in one small file of the node's folder.
 * Their sessions and weights are gone. Safe for use by several threads.
 */
public final class EndedTrainings {
  private static final Logger LOG = LoggerFactory.getLogger(EndedTrainings.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEPT = 20;

  private final Path file;

  /** The newest first. */
  private List<EndedTraining> all;

  /** Reads the file of a node's folder. */
  public EndedTrainings(Path folder) {
    this.file = folder.resolve("ended.json");
    this.all = read(file);
  }

  private static List<EndedTraining> read(Path file) {
    try {
      return Files.exists(file)
          ? JSON.readValue(Files.readString(file), new TypeReference<List<EndedTraining>>() {})
          : List.of();
    } catch (JsonProcessingException e) {
      LOG.warn(
          "Cannot parse {}, which another version of the node has written; starting with an empty list",
          file,
          e);
      return List.of();
    } catch (IOException e) {
      LOG.warn("Cannot read {}; starting with an empty list", file, e);
      return List.of();
    }
  }

  /** The newest twenty, the newest first. */
  public synchronized List<EndedTraining> all() {
    return all;
  }

  /** Adds a training, once for each session. */
  synchronized void add(EndedTraining ended) {
    List<EndedTraining> next = new ArrayList<>(all);
    next.removeIf(
        other ->
            other.contract().equals(ended.contract()) && other.session().equals(ended.session()));
    next.add(0, ended);
    all = List.copyOf(next.subList(0, Math.min(KEPT, next.size())));
    try {
      Files.createDirectories(file.getParent());
      PrivateFiles.write(file, JSON.writeValueAsString(all));
    } catch (IOException e) {
      LOG.warn(
          "Cannot write {}; the status page shows this training until the node stops", file, e);
    }
  }
}
