package io.swarmstream.shell.context;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The contexts of a member, kept in a file that only its user can read. At first there is one,
 * {@code own}: the member's own or nearest network node. Safe for use by many threads.
 */
public final class ContextBook {
  /** The context that is there from the beginning. */
  public static final String OWN = "own";

  private static final int MOST_CONTEXTS = 1_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path file;
  private Book book;

  /** What the file has. */
  private record Book(
      @JsonProperty("current") String current,
      @JsonProperty("network") String network,
      @JsonProperty("contexts") List<ShellContext> contexts) {}

  private ContextBook(Path file, Book book) {
    this.file = file;
    this.book = book;
  }

  /**
   * Reads the contexts of a folder; begins them if there are none.
   *
   * @param nearest URL of the network node of the first context
   */
  public static ContextBook in(Path folder, URI nearest) throws IOException {
    Path file = PrivateFiles.closedFolder(folder).resolve("contexts.json");
    if (!Files.exists(file)) {
      int port = nearest.getPort() < 0 ? 443 : nearest.getPort();
      ShellContext own = new ShellContext(OWN, nearest.getHost(), port, false, Map.of());
      return new ContextBook(file, new Book(OWN, "", List.of(own)));
    }
    try {
      Book read = JSON.readValue(Files.readString(file), Book.class);
      return new ContextBook(file, read);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          file + " cannot be read (" + e.getOriginalMessage() + "); mend it, or move it away", e);
    }
  }

  /** Names the context that the next shell begins with. */
  public synchronized String current() {
    return book.current();
  }

  public synchronized List<ShellContext> all() {
    return book.contexts();
  }

  public synchronized Optional<ShellContext> find(String name) {
    return book.contexts().stream().filter(context -> context.name().equals(name)).findFirst();
  }

  /**
   * The context of a name.
   *
   * @throws IllegalArgumentException when there is none; says which there are
   */
  public ShellContext named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no context "
                        + name
                        + "; there are "
                        + String.join(", ", all().stream().map(ShellContext::name).toList())));
  }

  /** Adds a context, or replaces the one of its name. */
  public synchronized void put(ShellContext context) {
    List<ShellContext> contexts = new ArrayList<>(book.contexts());
    int at = 0;
    while (at < contexts.size() && !contexts.get(at).name().equals(context.name())) {
      at++;
    }
    if (at < contexts.size()) {
      contexts.set(at, context);
    } else if (contexts.size() == MOST_CONTEXTS) {
      throw new IllegalStateException(
          "there are " + MOST_CONTEXTS + " contexts already; remove some from " + file);
    } else {
      contexts.add(context);
    }
    write(new Book(book.current(), book.network(), List.copyOf(contexts)));
  }

  public synchronized void setCurrent(String name) {
    write(new Book(name, book.network(), book.contexts()));
  }

  /** The chain and registry that the first node named; empty: none was asked yet. */
  public synchronized Optional<String> network() {
    return Optional.of(book.network()).filter(network -> !network.isEmpty());
  }

  public synchronized void setNetwork(String network) {
    write(new Book(book.current(), network, book.contexts()));
  }

  private void write(Book next) {
    try {
      PrivateFiles.write(file, JSON.writeValueAsString(next));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
    book = next;
  }
}
