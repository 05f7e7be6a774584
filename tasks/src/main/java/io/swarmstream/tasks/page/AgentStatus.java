package io.swarmstream.tasks.page;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.swarmstream.tasks.agent.AgentHome;
import io.swarmstream.tasks.agent.EndedRun;
import io.swarmstream.tasks.agent.JournaledPeer;
import io.swarmstream.tasks.agent.JournaledRun;
import io.swarmstream.tasks.agent.KeptRunLog;
import io.swarmstream.tasks.agent.OwnersAnswer;
import io.swarmstream.tasks.agent.OwnersDesk;
import io.swarmstream.tasks.agent.WaitingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a task agent does, and what waits for its owner. */
record AgentStatus(
    @JsonPropertyDescription("Name of the agent's member.") String member,
    @JsonPropertyDescription("Taskrunner that it serves.") String taskrunner,
    @JsonPropertyDescription("Whom it asks about, in words.") String consent,
    @JsonPropertyDescription("How it runs trainers, in words.") String runsAs,
    @JsonPropertyDescription("Version of the agent.") String version,
    @JsonPropertyDescription("The run that waits for the owner.") @Nullable WaitingView waiting,
    @JsonPropertyDescription("The run that it takes part in.") @Nullable RunView run,
    @JsonPropertyDescription("Earlier runs of which logs are kept, the newest first.")
        List<RunView> past,
    @JsonPropertyDescription("What the owner has answered, the newest first.")
        List<AnswerView> answers) {
  private static final int MOST_ANSWERS = 50;

  /** A run that waits for the owner. */
  record WaitingView(
      @JsonPropertyDescription("Its number.") long run,
      @JsonPropertyDescription("Name of the task.") String task,
      @JsonPropertyDescription("Type of the task.") String type,
      @JsonPropertyDescription("Members who created or assigned it, or one of its prerequisites.")
          List<String> authors,
      @JsonPropertyDescription("Since when, ISO 8601.") String since,
      @JsonPropertyDescription("Why it waits.") String reason,
      @JsonPropertyDescription("What it would do, line by line.") List<String> body) {
    static WaitingView of(WaitingRun run) {
      return new WaitingView(
          run.run(),
          run.task(),
          run.type(),
          run.authors(),
          run.since().toString(),
          run.reason(),
          run.body());
    }
  }

  /** A run. */
  record RunView(
      @JsonPropertyDescription("Its number, with the attempt where that is not the first.")
          String number,
      @JsonPropertyDescription("Name of the task.") @Nullable String task,
      @JsonPropertyDescription("Type of the task.") @Nullable String type,
      @JsonPropertyDescription("Address of the account that assigned it.")
          @Nullable String assignedBy,
      @JsonPropertyDescription("When it was allowed, or taken before that; ISO 8601.")
          @Nullable String startedAt,
      @JsonPropertyDescription("When it was over here, ISO 8601.") @Nullable String endedAt,
      @JsonPropertyDescription("Its sites, or the agent itself.") List<PeerView> peers,
      @JsonPropertyDescription("Its logs.") List<LogView> logs) {
    static RunView of(JournaledRun run, @Nullable String endedAt, List<LogView> logs) {
      return new RunView(
          run.number(),
          run.task(),
          run.type().name(),
          run.assignedBy(),
          run.startedAt().toString(),
          endedAt,
          run.peers().stream().map(PeerView::of).toList(),
          logs);
    }
  }

  /** A site of a run. */
  record PeerView(
      @JsonPropertyDescription("Its index in the profile's order.") int index,
      @JsonPropertyDescription("Its name.") String uid,
      @JsonPropertyDescription("WAITING, RUNNING, COMPLETE or ERROR.") String state,
      @JsonPropertyDescription("What it does, or what is wrong.") String description) {
    static PeerView of(JournaledPeer peer) {
      return new PeerView(peer.index(), peer.uid(), peer.state().name(), peer.description());
    }
  }

  /** A log. */
  record LogView(
      @JsonPropertyDescription("Index of the site in the profile's order.") String site,
      @JsonPropertyDescription("trainer, build, or site: the site's node.") String name,
      @JsonPropertyDescription("Its length.") long bytes) {}

  /** What the owner has answered. */
  record AnswerView(
      @JsonPropertyDescription("What it is about: run, task or author.") String kind,
      @JsonPropertyDescription("Name of the task or of the author; of a run its number and more.")
          String name,
      @JsonPropertyDescription("Whether it was approved.") boolean approved,
      @JsonPropertyDescription("When, ISO 8601.") String at) {
    static AnswerView of(OwnersAnswer answer) {
      int blank = answer.subject().indexOf(' ');
      return new AnswerView(
          answer.subject().substring(0, blank),
          answer.subject().substring(blank + 1),
          answer.isYes(),
          answer.at().toString());
    }
  }

  static AgentStatus of(ShownAgent agent) throws IOException {
    AgentHome home = agent.home();
    OwnersDesk desk = new OwnersDesk(home);
    Optional<JournaledRun> present = home.present();
    List<RunView> past = new ArrayList<>();
    @Nullable RunView now = null;
    for (Path folder : home.runs()) {
      String number = String.valueOf(folder.getFileName());
      List<LogView> logs = logs(folder);
      if (present.isPresent() && present.get().number().equals(number)) {
        now = RunView.of(present.get(), null, logs);
        continue;
      }
      Optional<EndedRun> ended = home.ended(folder);
      past.add(
          ended.isPresent()
              ? RunView.of(ended.get().run(), ended.get().endedAt().toString(), logs)
              : new RunView(number, null, null, null, null, null, List.of(), logs));
    }
    if (now == null && present.isPresent()) {
      now = RunView.of(present.get(), null, List.of());
    }
    return new AgentStatus(
        agent.member(),
        agent.taskrunner(),
        agent.consent(),
        agent.runsAs(),
        agent.version(),
        desk.waiting().map(WaitingView::of).orElse(null),
        now,
        past,
        desk.answers().stream().limit(MOST_ANSWERS).map(AnswerView::of).toList());
  }

  private static List<LogView> logs(Path folder) throws IOException {
    List<LogView> views = new ArrayList<>();
    try {
      for (KeptRunLog log : KeptRunLog.in(folder)) {
        views.add(new LogView(log.site(), log.name(), Files.size(log.file())));
      }
    } catch (NoSuchFileException e) {
      // An old run's logs were dropped meanwhile.
      return List.of();
    }
    return views;
  }
}
