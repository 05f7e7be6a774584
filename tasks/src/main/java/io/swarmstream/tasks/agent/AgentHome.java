package io.swarmstream.tasks.agent;

import com.fasterxml.jackson.core.type.TypeReference;
import io.swarmstream.schemas.files.FolderTree;
import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folders of an agent: what it remembers, and the logs of its runs. */
public final class AgentHome {
  /** Runs whose logs are kept. */
  private static final int KEPT_RUNS = 20;

  /** In the folder of a run. */
  private static final String ENDED = "run.json";

  private final Path folder;

  private AgentHome(Path folder) {
    this.folder = folder;
  }

  /** The home in the folder of the agent's member. */
  public static AgentHome in(Path member) {
    return new AgentHome(member.toAbsolutePath());
  }

  public Path folder() {
    return folder;
  }

  /** What the agent runs. */
  Path journal() {
    return state().resolve("run.json");
  }

  /** The run that the agent takes part in. */
  public Optional<JournaledRun> present() throws IOException {
    return AgentJson.read(journal(), new TypeReference<>() {});
  }

  /**
   * How a run has ended of which logs are kept; empty: it has not, or an older agent has run it.
   */
  public Optional<EndedRun> ended(Path run) throws IOException {
    return AgentJson.read(run.resolve(ENDED), new TypeReference<>() {});
  }

  void end(JournaledRun run, Instant at) throws IOException {
    Path folder = run(run);
    if (Files.isDirectory(folder)) {
      AgentJson.write(folder.resolve(ENDED), new EndedRun(run, at));
    }
  }

  /** What waits for the owner. */
  Path waiting() {
    return state().resolve("waiting.json");
  }

  /** What the owner has answered. */
  Path answers() {
    return state().resolve("answers");
  }

  /** Authors that the owner has allowed for good. */
  Path authors() {
    return state().resolve("authors.json");
  }

  /** Where the page of the agent keeps its token; only the agent's user can read it. */
  public Path pageFolder() throws IOException {
    PrivateFiles.closedFolder(state());
    return PrivateFiles.closedFolder(state().resolve("page"));
  }

  private Path state() {
    return folder.resolve("agent");
  }

  void create() throws IOException {
    PrivateFiles.closedFolder(state());
    PrivateFiles.closedFolder(answers());
    PrivateFiles.closedFolder(folder.resolve("runs"));
  }

  /** What is kept of a run. */
  Path run(JournaledRun run) {
    return folder.resolve("runs").resolve(run.number());
  }

  /** Where one site of a run has its logs; nobody's trainer sees it. */
  Path site(JournaledRun run, int index) throws IOException {
    return PrivateFiles.folder(run(run).resolve(Integer.toString(index)));
  }

  /**
   * The folder that a site shares with its trainer. Its path is short, because that of a socket may
   * have 107 bytes.
   */
  Path channels(int index) {
    return folder.resolve("ch").resolve(Integer.toString(index));
  }

  void removeChannels() throws IOException {
    FolderTree.delete(folder.resolve("ch"));
  }

  /** The runs that logs are kept of, the newest first. */
  public List<Path> runs() throws IOException {
    Path runs = folder.resolve("runs");
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(runs)) {
      List<Path> all = new ArrayList<>(found.filter(Files::isDirectory).toList());
      all.sort(
          Comparator.comparingLong((Path run) -> number(run, 0))
              .thenComparingLong(run -> number(run, 1))
              .reversed());
      return all;
    }
  }

  /** Of a folder RUN or RUN.ATTEMPT: the run, or the attempt. */
  private static long number(Path run, int part) {
    String[] parts = run.getFileName().toString().split("\\.", 2);
    try {
      return part < parts.length ? Long.parseLong(parts[part]) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  void dropOldRuns() throws IOException {
    List<Path> all = runs();
    for (Path old : all.subList(Math.min(KEPT_RUNS, all.size()), all.size())) {
      FolderTree.delete(old);
    }
  }
}
