package io.swarmstream.clients.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class SeldomWarningTest {
  private final List<List<Object>> warnings = new ArrayList<>();
  private long nowSeconds;

  private final Logger log =
      (Logger)
          Proxy.newProxyInstance(
              Logger.class.getClassLoader(),
              new Class<?>[] {Logger.class},
              (proxy, method, arguments) -> warnings.add(List.of(arguments)));

  @Test
  void warnsAtOnceAndThenOnceAMinuteWithWhatItKept() {
    SeldomWarning warning = new SeldomWarning(log, () -> TimeUnit.SECONDS.toNanos(nowSeconds));
    for (nowSeconds = 5; nowSeconds < 66; nowSeconds++) {
      warning.say("at " + nowSeconds);
    }
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).contains("at 5");
    assertThat(warnings.get(1)).contains("at 65", 59L);
  }
}
