package io.swarmstream.site.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.site.Merged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest trainings of this site that are over: what they came to stays to be seen when their
 * sessions and weights are gone, in one small file of the node's folder.
 */
final class EndedTrainings {
  private static final Logger LOG = LoggerFactory.getLogger(EndedTrainings.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEPT = 20;

  private final Path file;

  /** The newest first. */
  private List<EndedTraining> all;

  EndedTrainings(Path folder) {
    this.file = folder.resolve("ended.json");
    this.all = read(file);
  }

  private static List<EndedTraining> read(Path file) {
    try {
      return Files.exists(file)
          ? JSON.readValue(Files.readString(file), new TypeReference<List<EndedTraining>>() {})
          : List.of();
    } catch (JsonProcessingException e) {
      LOG.warn("{} is of another version of the node; it begins anew", file, e);
      return List.of();
    } catch (IOException e) {
      LOG.warn("{} cannot be read; it begins anew", file, e);
      return List.of();
    }
  }

  synchronized List<EndedTraining> all() {
    return all;
  }

  /** The final model of a session's training has come; once for each. */
  synchronized void add(Session session, Merged last) {
    double loss = last.summary().meanLoss();
    EndedTraining ended =
        new EndedTraining(
            session.site().terms().contract(),
            session.id(),
            session.request().trainer(),
            last.round(),
            last.hash().hex(),
            Double.isNaN(loss) ? null : loss,
            Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    add(ended);
  }

  synchronized void add(EndedTraining ended) {
    List<EndedTraining> next = new ArrayList<>(all);
    next.removeIf(
        other ->
            other.contract().equals(ended.contract()) && other.session().equals(ended.session()));
    next.add(0, ended);
    all = List.copyOf(next.subList(0, Math.min(KEPT, next.size())));
    try {
      Path written = Files.createDirectories(file.getParent()).resolve("ended.json.new");
      Files.writeString(written, JSON.writeValueAsString(all));
      Files.move(
          written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("{} cannot be written: the page forgets the training with the node", file, e);
    }
  }
}
