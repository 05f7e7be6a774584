package io.swarmstream.identity.spiffe;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.spiffe.workloadapi.grpc.SpiffeWorkloadAPIGrpc.SpiffeWorkloadAPIImplBase;
import io.spiffe.workloadapi.grpc.Workload.X509SVID;
import io.spiffe.workloadapi.grpc.Workload.X509SVIDRequest;
import io.spiffe.workloadapi.grpc.Workload.X509SVIDResponse;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An agent that issues what a test tells it to, over TCP. */
final class FakeWorkloadApi extends SpiffeWorkloadAPIImplBase implements AutoCloseable {
  private final Server server;
  private final List<StreamObserver<X509SVIDResponse>> watchers = new CopyOnWriteArrayList<>();
  private @Nullable X509SVIDResponse present;

  private FakeWorkloadApi() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(this)
            .build()
            .start();
  }

  static FakeWorkloadApi start() throws IOException {
    return new FakeWorkloadApi();
  }

  WorkloadSocket socket() {
    return WorkloadSocket.of("tcp://127.0.0.1:" + server.getPort());
  }

  @Override
  public synchronized void fetchX509SVID(
      X509SVIDRequest request, StreamObserver<X509SVIDResponse> watcher) {
    if (present == null) {
      watcher.onError(
          Status.PERMISSION_DENIED.withDescription("no identity issued").asRuntimeException());
      return;
    }
    watchers.add(watcher);
    watcher.onNext(present);
  }

  synchronized void issue(Identity svid, Map<String, X509Certificate> federated) {
    X509SVIDResponse.Builder response =
        X509SVIDResponse.newBuilder()
            .addSvids(
                X509SVID
                    .newBuilder()
                    .setSpiffeId(svid.spiffeId().orElseThrow())
                    .setX509Svid(der(svid.leaf()))
                    .setX509SvidKey(ByteString.copyFrom(svid.key().getEncoded()))
                    .setBundle(der(svid.authorities().get(0))));
    federated.forEach(
        (domain, root) -> response.putFederatedBundles("spiffe://" + domain, der(root)));
    X509SVIDResponse issued = response.build();
    present = issued;
    watchers.forEach(watcher -> watcher.onNext(issued));
  }

  private static ByteString der(X509Certificate certificate) {
    return ByteString.copyFrom(Authorities.der(certificate));
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
