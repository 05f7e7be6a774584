package io.swarmstream.clients.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class ExplainedTest {
  /** As Java's client fails, whose exception has no text. */
  @Test
  void aHostThatNobodyKnowsIsNotOneWhereNothingListens() throws Exception {
    assertThat(Explained.failure(failure("http://sn1.invalid:30304")))
        .isEqualTo("no name service knows this host");
    assertThat(Explained.failure(failure("http://127.0.0.1:1"))).isEqualTo("nothing listens there");
    assertThat(Explained.failure(new ConnectException())).isEqualTo("nothing listens there");
  }

  private static IOException failure(String uri) throws InterruptedException {
    try {
      var unused =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
      throw new AssertionError(uri + " answers");
    } catch (IOException e) {
      return e;
    }
  }
}
