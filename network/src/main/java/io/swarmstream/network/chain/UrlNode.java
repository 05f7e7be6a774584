package io.swarmstream.network.chain;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** An Ethereum node that somebody else runs, of any network. */
public final class UrlNode implements EthereumNode {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MOST_ANSWER_BYTES = 32 * 1024 * 1024;

  private final URI url;
  private final HttpClient http;

  /**
   * @param url JSON-RPC address, http or https; its path may be secret
   */
  public UrlNode(String url) {
    this.url = URI.create(url);
    if (this.url.getHost() == null
        || !("http".equals(this.url.getScheme()) || "https".equals(this.url.getScheme()))) {
      throw new IllegalArgumentException(
          "the address of the Ethereum node has to be http or https, such as http://127.0.0.1:8545");
    }
    this.http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  }

  @Override
  public String place() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port;
  }

  @Override
  public byte[] call(byte[] request) throws IOException {
    HttpRequest post =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(request))
            .build();
    try {
      HttpResponse<InputStream> response = http.send(post, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException("it answered with HTTP status " + response.statusCode());
        }
        byte[] answer = body.readNBytes(MOST_ANSWER_BYTES + 1);
        if (answer.length > MOST_ANSWER_BYTES) {
          throw new IOException("its answer has more than " + MOST_ANSWER_BYTES + " bytes");
        }
        return answer;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the node at " + place());
    } catch (IOException e) {
      // The cause may name the whole address.
      throw new IOException(
          "the Ethereum node at " + place() + ": " + e.getClass().getSimpleName() + detail(e));
    }
  }

  private String detail(IOException e) {
    String message = e.getMessage();
    return message == null || message.contains(url.toString()) ? "" : ", " + message;
  }

  /** Only whether it answers: how often another network makes blocks is not known here. */
  @Override
  public ChainHealth health() {
    try {
      long block = new RpcCalls(this).number("eth_blockNumber");
      return new ChainHealth(ChainHealth.State.HEALTHY, block, "block " + block);
    } catch (IOException e) {
      return new ChainHealth(
          ChainHealth.State.DOWN,
          -1,
          e.getMessage() + "; check that it runs, or start with another --chain");
    }
  }

  /** Does nothing: JDK 17's client ends with its last use. */
  @Override
  public void close() {}
}
