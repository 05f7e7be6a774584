package io.swarmstream.clients.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.web3j.protocol.Service;

/** Lets web3j use a transport of ours. */
final class TransportService extends Service {
  private final RpcTransport transport;

  TransportService(RpcTransport transport) {
    super(false);
    this.transport = transport;
  }

  @Override
  protected InputStream performIO(String payload) throws IOException {
    return new ByteArrayInputStream(transport.call(payload.getBytes(UTF_8)));
  }

  /** Leaves the transport open: who made it closes it. */
  @Override
  public void close() {}
}
