package io.swarmstream.connectors.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.ChainException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class OutageTest {
  private final ChainException away = new ChainException("nobody answers");

  private final List<String> logged = new ArrayList<>();
  private final Outage outage = new Outage(recorder(), "reading");

  @Test
  void speaksOnceForAnOutageHoweverLong() {
    for (int i = 0; i < 100; i++) {
      outage.failed(away);
    }
    outage.worked();
    outage.worked();

    assertThat(logged).containsExactly("warn", "info");
  }

  @Test
  void speaksOfTheNextOutageAgain() {
    outage.failed(away);
    outage.worked();
    outage.failed(away);

    assertThat(logged).containsExactly("warn", "info", "warn");
  }

  @Test
  void isSilentWhileAllIsWell() {
    outage.worked();

    assertThat(logged).isEmpty();
  }

  @Test
  void triesMoreAndMoreRarelyButNeverStops() {
    assertThat(outage.failed(away)).isEqualTo(Duration.ofMillis(100));
    assertThat(outage.failed(away)).isEqualTo(Duration.ofMillis(200));
    for (int i = 0; i < 100; i++) {
      outage.failed(away);
    }
    assertThat(outage.failed(away)).isEqualTo(Duration.ofSeconds(10));

    outage.worked();

    assertThat(outage.failed(away)).isEqualTo(Duration.ofMillis(100));
  }

  private Logger recorder() {
    return (Logger)
        Proxy.newProxyInstance(
            Logger.class.getClassLoader(),
            new Class<?>[] {Logger.class},
            (proxy, method, arguments) -> {
              logged.add(method.getName());
              return null;
            });
  }
}
