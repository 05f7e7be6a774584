package io.swarmstream.local;

import io.swarmstream.embedded.EmbeddedKafka;
import io.swarmstream.local.processes.Await;
import java.util.Optional;

/** The embedded Kafka broker, as a supervisor sees it. */
record WatchedBroker(EmbeddedKafka broker) implements Watched {
  static final String NAME = "the Kafka broker";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Trouble> trouble() {
    String address = broker.bootstrapServers();
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    return broker.isRunning() && Await.isListening(port)
        ? Optional.empty()
        : Optional.of(Trouble.certain("it has stopped"));
  }

  @Override
  public void restart() {
    broker.restart();
  }
}
