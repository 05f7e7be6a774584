package io.swarmstream.verification.inprocess;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.blob.TransientBlobService;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.SessionDispatcherFactory;
import org.apache.flink.runtime.dispatcher.runner.DefaultDispatcherRunnerFactory;
import org.apache.flink.runtime.entrypoint.component.DefaultDispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.leaderelection.LeaderElection;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;
import org.apache.flink.runtime.rest.RestEndpointFactory;
import org.apache.flink.runtime.rest.handler.RestHandlerConfiguration;
import org.apache.flink.runtime.rest.handler.RestHandlerSpecification;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricFetcher;
import org.apache.flink.runtime.rpc.FatalErrorHandler;
import org.apache.flink.runtime.webmonitor.WebMonitorEndpoint;
import org.apache.flink.runtime.webmonitor.retriever.LeaderGatewayRetriever;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelInboundHandler;
import org.apache.flink.util.ConfigurationException;

/**
 * A Flink mini cluster that accepts no request from outside this process.
 *
 * <p>A mini cluster listens on all interfaces, and its REST endpoint accepts jobs, and thus code,
 * from anyone who reaches it, including a web page in a browser on this machine. The endpoint is
 * not needed here, but Flink does not start without it: it therefore listens on loopback and
 * rejects all requests.
 */
public final class PrivateFlink extends MiniCluster {
  private static final String LOOPBACK = "127.0.0.1";

  /** Tick of each actor system's timer; read when the first one is created. */
  private static final String TICK = "pekko.scheduler.tick-duration";

  static {
    // The default of 10 ms wastes half a percent of a processor: rounds wait for messages, never
    // for timers.
    if (System.getProperty(TICK) == null) {
      System.setProperty(TICK, "100ms");
    }
  }

  /** Creates a mini cluster; its configuration must contain {@link #settings}. */
  public PrivateFlink(MiniClusterConfiguration configuration) {
    super(configuration);
  }

  /**
   * The settings that such a mini cluster needs.
   *
   * @param temporary a folder for all its files while it runs
   */
  public static Configuration settings(Path temporary) {
    Configuration settings = new Configuration();
    settings.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    settings.set(RestOptions.BIND_PORT, "0");
    settings.set(WebOptions.SUBMIT_ENABLE, false);
    settings.set(WebOptions.CANCEL_ENABLE, false);
    // Where the blob server listens, and the tasks of several TaskManagers find each other.
    settings.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(TaskManagerOptions.HOST, LOOPBACK);
    // Nothing may use the blob server: a mini cluster looks for it at the address of this machine's
    // name, which need not be loopback.
    settings.set(BlobServerOptions.OFFLOAD_MINSIZE, Integer.MAX_VALUE);
    settings.set(CoreOptions.TMP_DIRS, temporary.toString());
    settings.set(WebOptions.TMP_DIR, temporary.toString());
    return settings;
  }

  /** For environments that start such a mini cluster for each job and stop it afterwards. */
  public static PipelineExecutorServiceLoader forEachJob() {
    return new ForEachJob();
  }

  @Override
  protected DispatcherResourceManagerComponentFactory
      createDispatcherResourceManagerComponentFactory() {
    return new DefaultDispatcherResourceManagerComponentFactory(
        DefaultDispatcherRunnerFactory.createSessionRunner(SessionDispatcherFactory.INSTANCE),
        StandaloneResourceManagerFactory.getInstance(),
        (RestEndpointFactory<DispatcherGateway>) Deaf::new);
  }

  /** Answers every request with "not found". */
  private static final class Deaf extends WebMonitorEndpoint<DispatcherGateway> {
    Deaf(
        Configuration configuration,
        LeaderGatewayRetriever<DispatcherGateway> dispatcher,
        LeaderGatewayRetriever<ResourceManagerGateway> resourceManager,
        TransientBlobService blobs,
        ScheduledExecutorService executor,
        MetricFetcher metrics,
        LeaderElection election,
        FatalErrorHandler onFatalError)
        throws IOException, ConfigurationException {
      super(
          dispatcher,
          configuration,
          RestHandlerConfiguration.fromConfiguration(configuration),
          resourceManager,
          blobs,
          executor,
          metrics,
          election,
          RestEndpointFactory.createExecutionGraphCache(
              RestHandlerConfiguration.fromConfiguration(configuration)),
          onFatalError);
    }

    @Override
    protected List<Tuple2<RestHandlerSpecification, ChannelInboundHandler>> initializeHandlers(
        CompletableFuture<String> address) {
      return new ArrayList<>();
    }
  }

  private static final class ForEachJob implements PipelineExecutorServiceLoader {
    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration ignored) {
      return new PipelineExecutorFactory() {
        @Override
        public String getName() {
          return LocalExecutor.NAME;
        }

        @Override
        public boolean isCompatibleWith(Configuration configuration) {
          return true;
        }

        @Override
        public LocalExecutor getExecutor(Configuration configuration) {
          return LocalExecutor.createWithFactory(configuration, PrivateFlink::new);
        }
      };
    }

    @Override
    public Stream<String> getExecutorNames() {
      return Stream.of(LocalExecutor.NAME);
    }
  }
}
