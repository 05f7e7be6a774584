package io.swarmstream.clients.network;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what a failed request means and what to check. */
final class Explained {
  private Explained() {}

  static String failure(IOException failure) {
    if (failure instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    if (failure instanceof ConnectException) {
      return isUnresolved(failure) ? "no name service knows this host" : "nothing listens there";
    }
    if (failure instanceof SSLException) {
      String said = String.valueOf(failure.getMessage());
      if (said.contains("certificate_expired") || said.contains("NotAfter")) {
        return "a certificate has expired (" + said + "); renew it";
      }
      if (said.contains("unknown") || said.contains("bad_certificate") || said.contains("path")) {
        return "one side does not trust the other's certificate ("
            + said
            + "); check ca.pem on both sides";
      }
      return "TLS fails: " + said;
    }
    return String.valueOf(failure.getMessage());
  }

  /** Java's client says so in a cause only. */
  private static boolean isUnresolved(@Nullable Throwable failure) {
    return failure != null
        && (failure instanceof UnresolvedAddressException
            || failure instanceof UnknownHostException
            || isUnresolved(failure.getCause()));
  }
}
