package io.swarmstream.connectors.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.embedded.Anvil;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.ContractEvent.Kind;
import io.swarmstream.testkit.real.DevChain;
import io.swarmstream.testkit.real.RawCalls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@SuppressWarnings("NullAway.Init")
class ContractEventSourceITCase {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path folder;

  private DevChain chain;
  private final Collected collected = new Collected();

  @BeforeEach
  void start() {
    chain = new DevChain(Anvil.Options.DEFAULT.withState(folder.resolve("state.json")));
  }

  @AfterEach
  void stop() {
    chain.close();
  }

  @Test
  void skipsEventsThatCannotBeServedAndGoesOn() throws Exception {
    try (RawCalls raw = new RawCalls(chain)) {
      raw.create("no topic's name", RawCalls.terms("mean", 1, 0, 8, 4));
      raw.create("too-large-a-chunk", RawCalls.terms("mean", 1, 0, 8, Integer.MAX_VALUE));
      raw.create("other-layout", RawCalls.terms("mean", 1, 0, 9, 4));
    }
    chain.owner.administration().enrolSite("no topic's name", DevChain.site(1), "hospital-a", 1);
    String good = chain.newContract();

    JobClient job = run(null);

    assertThat(collected.await(1)).extracting(ContractEvent::contract).containsExactly(good);
    job.cancel().get(10, TimeUnit.SECONDS);
  }

  @Test
  void emitsWhatWasThereAndWhatComesInTheChainsOrder() throws Exception {
    String name = chain.newContract();
    chain.owner.administration().enrolSite(name, DevChain.site(1), "hospital-a", 100);
    JobClient job = run(null);
    collected.await(2);

    chain.owner.administration().removeSite(name, DevChain.site(1));

    List<ContractEvent> events = collected.await(3);
    assertThat(events)
        .extracting(ContractEvent::kind)
        .containsExactly(Kind.CREATED, Kind.SITE_ENROLLED, Kind.SITE_REMOVED);
    assertThat(events.get(0).terms()).isEqualTo(chain.terms(name));
    assertThat(events.get(1).site()).isEqualTo(DevChain.site(1));
    assertThat(events.get(1).siteName()).isEqualTo("hospital-a");
    assertThat(events.get(1).maxWeight()).isEqualTo(100);
    assertThat(events.get(2).site()).isEqualTo(DevChain.site(1));
    job.cancel().get(10, TimeUnit.SECONDS);
  }

  @Test
  void goesOnAfterARestoreWithTheFirstEventItHasNotEmitted() throws Exception {
    String name = chain.newContract();
    chain.inOneBlock(
        List.of(
            () -> chain.owner.administration().enrolSite(name, DevChain.site(1), "hospital-a", 1),
            () ->
                chain
                    .stranger
                    .administration()
                    .createContract(
                        chain.terms("strangers"), DevChain.LAYOUT, chain.coordinatorAddress())));
    JobClient first = run(null);
    List<ContractEvent> before = collected.await(3);
    assertThat(before.get(1).block()).isEqualTo(before.get(2).block());
    String savepoint =
        first
            .stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
            .get(20, TimeUnit.SECONDS);
    chain.owner.administration().enrolSite(name, DevChain.site(2), "hospital-b", 1);

    JobClient second = run(savepoint);

    assertThat(collected.await(4).get(3).siteName()).isEqualTo("hospital-b");
    second.cancel().get(10, TimeUnit.SECONDS);
  }

  @Test
  void waitsForAChainThatIsAway() throws Exception {
    String name = chain.newContract();
    JobClient job = run(null);
    collected.await(1);
    chain.anvil.stop();
    await()
        .during(Duration.ofMillis(500))
        .until(() -> job.getJobStatus().get(10, TimeUnit.SECONDS) == JobStatus.RUNNING);

    chain.anvil.restart();
    chain.owner.administration().enrolSite(name, DevChain.site(1), "hospital-a", 1);

    assertThat(collected.await(2).get(1).kind()).isEqualTo(Kind.SITE_ENROLLED);
    job.cancel().get(10, TimeUnit.SECONDS);
  }

  private JobClient run(@org.jspecify.annotations.Nullable String savepoint) throws Exception {
    Configuration configuration = new Configuration();
    // Kryo and generated names would show up here.
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(1);
    environment.enableCheckpointing(100);
    environment
        .fromSource(
            new ContractEventSource(chain.options), WatermarkStrategy.noWatermarks(), "events")
        .uid("events")
        .map(collected)
        .returns(ContractEvent.class)
        .uid("collected")
        .sinkTo(new DiscardingSink<>())
        .uid("discarded");
    return environment.executeAsync();
  }
}
