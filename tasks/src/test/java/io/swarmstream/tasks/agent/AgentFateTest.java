package io.swarmstream.tasks.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.tasks.Peers;
import io.swarmstream.clients.chain.tasks.RunState;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random fates of an agent from seeds: it is killed at any call, before or after it took effect;
 * the chain is away; trainers fail; taskrunners are reset. A failure is repeated by its seed.
 */
class AgentFateTest {
  private static final int STEPS = 120;
  private static final int FATES = 10;

  @TempDir private Path folder;

  /** As {@code kill -9}. */
  private static final class AgentKilled extends Error {
    private static final long serialVersionUID = 1;
  }

  /** Kills at random calls. */
  private static final class Fate {
    private final Random random;
    private boolean isOn;

    Fate(long seed) {
      random = new Random(seed);
    }

    <T> T at(Class<T> type, T real, boolean isChain) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                int fate = isOn ? random.nextInt(60) : 9;
                if (fate == 0) {
                  throw new AgentKilled();
                }
                if (isChain && (fate == 1 || fate == 2)) {
                  throw new ChainException("the chain is away");
                }
                Object result;
                try {
                  result = method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
                if (fate == 3) {
                  throw new AgentKilled();
                }
                if (isChain && fate == 4) {
                  throw new ChainException("the answer was lost");
                }
                return result;
              }));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nothingIsLeftWhateverHappens(long first) throws Exception {
    for (long seed = first * 1000; seed < first * 1000 + FATES; seed++) {
      live(seed);
    }
  }

  private void live(long seed) throws Exception {
    Fate fate = new Fate(seed);
    AgentScene scene =
        new AgentScene(
            folder.resolve(Long.toString(seed)),
            board -> fate.at(TaskBoard.class, board, true),
            host ->
                new AgentScene.ResourceHost(
                    fate.at(io.swarmstream.tasks.run.ResourceManager.class, host.manager(), false),
                    fate.at(SiteNodes.class, host.nodes(), false)));
    scene.train(scene.author, "train");
    scene.build("env");
    Random random = new Random(-seed);
    fate.isOn = true;
    for (int i = 0; i < STEPS; i++) {
      step(scene);
      happen(scene, random.nextInt(30), random);
      assertThat(scene.host.mostAtOnce).as("seed %d: runs at once", seed).isLessThan(2);
    }
    // Now nothing happens any more, and all has to come to an end.
    fate.isOn = false;
    scene.restart();
    for (int i = 0; i < 12; i++) {
      scene.steps(1);
      scene.host.runningTrainers().forEach(trainer -> trainer.end(0));
    }
    if (!scene.author.agents(AgentScene.RUNNER).isEmpty()) {
      assertThat(scene.runner().state())
          .as("seed %d: %s", seed, scene.peers())
          .isIn(RunState.COMPLETE, RunState.ERROR);
    }
    assertThat(scene.host.running()).as("seed %d", seed).isZero();
    scene.author.reset(AgentScene.RUNNER);
    scene.steps(2);
    assertThat(scene.host.trainers).as("seed %d", seed).isEmpty();
  }

  private static void step(AgentScene scene) throws Exception {
    try {
      scene.steps(1);
    } catch (AgentKilled e) {
      restart(scene);
    }
  }

  private static void restart(AgentScene scene) throws Exception {
    while (true) {
      try {
        scene.restart();
        return;
      } catch (AgentKilled e) {
        // Killed again while it started.
      }
    }
  }

  private static void happen(AgentScene scene, int what, Random random) {
    boolean isBusy = scene.runner().state() == RunState.RUNNING;
    List<FakeHost.FakeTrainer> trainers = scene.host.runningTrainers();
    switch (what) {
      case 0 -> scene.author.reset(AgentScene.RUNNER);
      case 1, 2, 3 -> {
        if (!isBusy && !scene.author.registered(AgentScene.RUNNER).isEmpty()) {
          long unused = scene.assign(random.nextBoolean() ? "train" : "env", 1);
        }
      }
      case 4 -> {
        if (scene.runner().state() == RunState.ERROR) {
          String task = scene.runner().assignment().orElseThrow().task();
          long unused =
              scene.author.assign(AgentScene.RUNNER, task, new Peers.Target(AgentScene.AGENT));
        }
      }
      case 5, 6 -> trainers.stream().findFirst().ifPresent(trainer -> trainer.end(0));
      case 7 -> trainers.stream().findFirst().ifPresent(trainer -> trainer.end(1));
      case 8 -> scene.host.nodes.values().forEach(node -> node.isAlive = false);
      default -> {
        // Time goes by.
      }
    }
  }

  @Test
  void keepsContainersForAllWaysToSayYes() {
    for (String yes : List.of("True", "true", "1", "yes")) {
      assertThat(RunWork.Host.isKept(Optional.of(yes))).as(yes).isTrue();
    }
    for (String no : List.of("False", "0", "")) {
      assertThat(RunWork.Host.isKept(Optional.of(no))).as(no).isFalse();
    }
    assertThat(RunWork.Host.isKept(Optional.empty())).isFalse();
  }
}
