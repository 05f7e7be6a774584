package io.swarmstream.connectors.chain;

import static io.swarmstream.testkit.real.DevChain.anchor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.SigningKey;
import io.swarmstream.embedded.Anvil;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.testkit.ChainState;
import io.swarmstream.testkit.real.DevChain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AnchorRoundsITCase {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path folder;

  @Test
  void catchesUpInOrderWithAChainThatWasKilled() throws Exception {
    Path state = folder.resolve("state.json");
    try (DevChain chain = new DevChain(Anvil.Options.DEFAULT.withState(state))) {
      String name = chain.newContract();
      JobClient job = run(chain, name);
      waiting().until(() -> chain.stranger.anchors().nextRound(name) >= 5);

      // The contract has to be in the file, which is whole just after it was written. A kill takes
      // up to a second of anchored rounds with it.
      long newest = chain.owner.newestBlock();
      waiting().until(() -> ChainState.newestBlock(state) >= newest);
      chain.anvil.kill();
      Duration away = Duration.ofSeconds(1);
      waiting()
          .during(away)
          .until(() -> job.getJobStatus().get(10, TimeUnit.SECONDS) == JobStatus.RUNNING);
      chain.anvil.restart();

      waiting().until(() -> chain.stranger.anchors().nextRound(name) >= 40);
      job.cancel().get(10, TimeUnit.SECONDS);
      for (long round = 0; round < 40; round++) {
        assertThat(chain.stranger.anchors().anchor(name, round))
            .contains(anchor(name, round, "record " + round));
      }
    }
  }

  private static JobClient run(DevChain chain, String name) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(1);
    environment.enableCheckpointing(50);
    GeneratorFunction<Long, Anchor> rounds = round -> anchor(name, round, "record " + round);
    environment
        .fromSource(
            new DataGeneratorSource<>(
                rounds,
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(20),
                TypeInformation.of(Anchor.class)),
            WatermarkStrategy.noWatermarks(),
            "rounds")
        .uid("rounds")
        .process(
            new AnchorRounds(
                AnchorClient.on(
                    chain.options, SigningKey.ofDevelopmentKey(chain.anvil.devKeys().get(1)))))
        .uid("anchor-rounds");
    return environment.executeAsync();
  }

  private static ConditionFactory waiting() {
    return await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(20));
  }
}
