package io.swarmstream.network.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What members have noted about trainings; the newest counts. Safe for use by many threads. */
public final class ExperimentNotes {
  private final Map<String, Note> notes = new ConcurrentHashMap<>();

  /**
   * A note, as network nodes tell it each other.
   *
   * @param by name of the member that wrote it
   */
  public record Note(
      @JsonProperty("contract") String contract,
      @JsonProperty("text") String text,
      @JsonProperty("tags") List<String> tags,
      @JsonProperty("by") String by,
      @JsonProperty("atMs") long atMs) {
    public Note {
      tags = List.copyOf(tags);
    }
  }

  /** Enters a note; an older one than that which is known changes nothing. */
  public void enter(Note note) {
    notes.merge(note.contract(), note, (known, now) -> now.atMs() < known.atMs() ? known : now);
  }

  public Optional<Note> of(String contract) {
    return Optional.ofNullable(notes.get(contract));
  }
}
