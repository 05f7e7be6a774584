package io.swarmstream.clients.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.protocol.core.Response;

/** Which errors of a node pass, and which come again each time. */
class RefusalsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "intrinsic gas too high -- tx.gas_limit > env.block.gas_limit",
        "Out of gas: gas required exceeds allowance: 30000000",
        "gas required exceeds allowance (30000000)",
        "oversized data: transaction size 3000000, limit 131072",
        "exceeds block gas limit",
        "transaction gas limit greater than the cap",
        "Insufficient funds for gas * price + value"
      })
  void whatIsBeyondALimitIsFinal(String said) {
    ChainException told = Refusals.explain("create contract c", "http://node", error(said));

    assertThat(told).isInstanceOf(ChainLimitException.class).hasMessageContaining(said);
    assertThat(told.isFinal()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonce too low",
        "replacement transaction underpriced",
        "header not found",
        "too many requests",
        "method handler crashed"
      })
  void whatMayPassIsNot(String said) {
    assertThat(Refusals.explain("create contract c", "http://node", error(said)).isFinal())
        .isFalse();
  }

  @Test
  void aRevertIsFinal() {
    assertThat(
            Refusals.explain("create contract c", "http://node", error("execution reverted"))
                .isFinal())
        .isTrue();
  }

  @Test
  void aBodyThatTheNodeDoesNotTakeIsFinalAndSilenceIsNot() {
    assertThat(http("Invalid response received: 413; length limit exceeded")).isNotNull();
    assertThat(http("Invalid response received: 429; slow down")).isNull();
    assertThat(http("Invalid response received: 502; bad gateway")).isNull();
    assertThat(Refusals.ofHttp("ask", "http://node", new ConnectException("refused"))).isNull();
  }

  private static @Nullable ChainException http(String message) {
    return Refusals.ofHttp("ask", "http://node", new IOException(message));
  }

  private static Response.Error error(String message) {
    return new Response.Error(-32000, message);
  }
}
