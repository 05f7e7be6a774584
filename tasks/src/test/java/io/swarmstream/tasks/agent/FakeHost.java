package io.swarmstream.tasks.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.tasks.run.BuildOrder;
import io.swarmstream.tasks.run.ContentOrder;
import io.swarmstream.tasks.run.PullOrder;
import io.swarmstream.tasks.run.ResourceManager;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.StartedTrainer;
import io.swarmstream.tasks.run.TrainerOrder;
import io.swarmstream.tasks.run.TrainerRuntime;
import io.swarmstream.tasks.run.WorkProgress;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A machine without programs: what runs on it survives agents, and the test says how it ends. It is
 * both a resource manager and a starter of nodes.
 */
final class FakeHost implements ResourceManager, SiteNodes {
  final Set<String> runtimes = ConcurrentHashMap.newKeySet();
  final List<TrainerOrder> orders = new ArrayList<>();
  final Map<Path, FakeNode> nodes = new ConcurrentHashMap<>();
  final Map<String, FakeTrainer> trainers = new ConcurrentHashMap<>();
  private final Set<Integer> brokenSites = new HashSet<>();

  /** What a build fails with; null: it works. */
  @Nullable RuntimeException buildFailure;

  /** Whether builds wait until they are stopped, or this becomes false. */
  volatile boolean isSlow;

  volatile boolean areNodesReady = true;

  /** Most trainers and nodes of one site that ever ran at the same time. */
  int mostAtOnce;

  static final class FakeTrainer implements StartedTrainer {
    final TrainerOrder order;
    volatile @Nullable Integer code;
    String printed = "epoch 1\n";

    FakeTrainer(TrainerOrder order) {
      this.order = order;
    }

    void end(int with) {
      if (code == null) {
        code = with;
      }
    }

    @Override
    public String id() {
      return order.runKey() + "/" + order.site();
    }

    @Override
    public String name() {
      return order.group() + "-" + order.task() + "-u-" + order.site() + "-0";
    }

    @Override
    public int site() {
      return order.site();
    }

    @Override
    public boolean isRunning() {
      return code == null;
    }

    @Override
    public Optional<Integer> exitCode() {
      return Optional.ofNullable(code);
    }

    @Override
    public Optional<String> ending() {
      return Optional.empty();
    }

    @Override
    public InputStream log() {
      return new ByteArrayInputStream(printed.getBytes(UTF_8));
    }

    @Override
    public void stop(Duration grace) {
      end(143);
    }
  }

  final class FakeNode implements StartedNode {
    volatile boolean isAlive = true;

    @Override
    public boolean isReady() {
      return areNodesReady;
    }

    @Override
    public void stop(Duration grace) {
      isAlive = false;
    }
  }

  /** The node of this site ends as soon as it has started. */
  void breakNode(int site) {
    brokenSites.add(site);
  }

  long running() {
    return trainers.values().stream().filter(StartedTrainer::isRunning).count()
        + nodes.values().stream().filter(node -> node.isAlive).count();
  }

  List<FakeTrainer> runningTrainers() {
    return new TreeMap<>(trainers).values().stream().filter(StartedTrainer::isRunning).toList();
  }

  @Override
  public StartedNode start(SiteOrder order) {
    FakeNode before = nodes.get(order.place());
    if (before != null && before.isAlive) {
      throw new AssertionError("a second node of " + order.place());
    }
    FakeNode node = new FakeNode();
    node.isAlive = !brokenSites.contains(Integer.parseInt(order.place().getFileName().toString()));
    nodes.put(order.place(), node);
    return node;
  }

  @Override
  public Optional<StartedNode> find(Path place) {
    return Optional.<StartedNode>ofNullable(nodes.get(place))
        .filter(node -> ((FakeNode) node).isAlive);
  }

  @Override
  public List<Path> closed() {
    return List.of();
  }

  @Override
  public String check() {
    return "fake";
  }

  @Override
  public TrainerRuntime build(BuildOrder order, WorkProgress progress) {
    progress.says("Build thread has started");
    while (isSlow) {
      if (progress.isStopped()) {
        throw new RunFailure("the build was stopped");
      }
      Thread.onSpinWait();
    }
    if (buildFailure != null) {
      throw buildFailure;
    }
    runtimes.add(order.outcome());
    return new TrainerRuntime(order.outcome(), "id-" + order.outcome(), List.of());
  }

  @Override
  public TrainerRuntime pull(PullOrder order, WorkProgress progress) {
    throw new RunFailure("image " + order.reference() + " does not exist");
  }

  @Override
  public void content(ContentOrder order, WorkProgress progress) {
    progress.says("downloading");
  }

  @Override
  public Optional<TrainerRuntime> runtime(String name) {
    return runtimes.contains(name)
        ? Optional.of(new TrainerRuntime(name, "id-" + name, List.of()))
        : Optional.empty();
  }

  @Override
  public StartedTrainer start(TrainerOrder order) {
    FakeTrainer trainer = new FakeTrainer(order);
    orders.add(order);
    trainers.put(trainer.id(), trainer);
    Set<String> keys = new HashSet<>();
    runningTrainers().forEach(running -> keys.add(running.order.runKey()));
    mostAtOnce = Math.max(mostAtOnce, keys.size());
    return trainer;
  }

  @Override
  public List<StartedTrainer> running(String runKey) {
    return trainers.values().stream()
        .filter(trainer -> trainer.order.runKey().equals(runKey))
        .map(trainer -> (StartedTrainer) trainer)
        .toList();
  }

  @Override
  public List<String> runs() {
    return trainers.values().stream().map(trainer -> trainer.order.runKey()).distinct().toList();
  }

  @Override
  public void remove(String runKey) {
    trainers.values().removeIf(trainer -> trainer.order.runKey().equals(runKey));
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
