package io.swarmstream.site.node;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the owner of a site lets it train for a contract, where the node asks for each: without a
 * yes no session is opened, so nothing is sent. Answers stay in a file of the node's folder. Safe
 * for use by several threads.
 */
public final class OwnersConsent {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Contracts that wait are named by trainers, which may name any. */
  private static final int MOST_WAITING = 50;

  private final Path file;
  private final boolean asks;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  /** By contract. */
  private Map<String, Answer> answers;

  /**
   * Reads the answers in a node's folder.
   *
   * @throws IllegalStateException when they cannot be read
   */
  OwnersConsent(Path folder, boolean asks) {
    this.file = folder.resolve("consent.json");
    this.asks = asks;
    this.answers = asks ? read(file) : Map.of();
  }

  /**
   * A contract that waits for the owner.
   *
   * @param trainer that has asked for it, in its own words
   */
  public record Waiting(String contract, String trainer, Instant since) {}

  /**
   * What the owner has said of a contract.
   *
   * @param at ISO 8601
   */
  public record Answer(String contract, boolean approved, String at) {}

  /** Whether the node asks. */
  public boolean asks() {
    return asks;
  }

  /** The contracts that trainers have asked for and that nobody has said anything of. */
  public synchronized List<Waiting> waiting() {
    return List.copyOf(waiting.values());
  }

  /** The owner's answers, by contract. */
  public synchronized List<Answer> answers() {
    return List.copyOf(answers.values());
  }

  /**
   * Requires a yes.
   *
   * @throws ProblemException when there is none; the contract waits from then on
   */
  synchronized void require(String contract, String trainer) {
    if (!asks) {
      return;
    }
    Answer said = answers.get(contract);
    if (said == null) {
      waiting.putIfAbsent(contract, new Waiting(contract, trainer, Instant.now()));
      Iterator<String> oldest = waiting.keySet().iterator();
      while (waiting.size() > MOST_WAITING) {
        oldest.next();
        oldest.remove();
      }
    }
    if (said == null || !said.approved()) {
      throw ProblemException.of(
              ProblemCode.NOT_APPROVED,
              "the owner of this site "
                  + (said == null ? "has not approved" : "has denied")
                  + " trainings of contract "
                  + contract
                  + (said == null ? " yet" : "")
                  + ", so nothing is sent; approve it on the node's page, then start the trainer"
                  + " again")
          .in("contract");
    }
  }

  /**
   * Notes the owner's answer, which holds until another one.
   *
   * @throws ProblemException when the node does not ask
   */
  synchronized void answer(String contract, boolean isYes) throws IOException {
    if (!asks) {
      throw ProblemException.of(
          ProblemCode.NOT_ASKED,
          "this node asks nobody before it trains; start it with --ask to approve or deny"
              + " contracts");
    }
    Map<String, Answer> next = new TreeMap<>(answers);
    String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    next.put(contract, new Answer(contract, isYes, now));
    PrivateFiles.write(file, JSON.writeValueAsString(List.copyOf(next.values())) + "\n");
    answers = next;
    waiting.remove(contract);
  }

  private static Map<String, Answer> read(Path file) {
    Map<String, Answer> known = new TreeMap<>();
    try {
      if (Files.exists(file)) {
        for (Answer each :
            JSON.readValue(TextFile.read(file), new TypeReference<List<Answer>>() {})) {
          known.put(each.contract(), each);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          file
              + " cannot be read ("
              + e.getMessage()
              + "); remove it to be asked about each contract anew",
          e);
    }
    return known;
  }
}
