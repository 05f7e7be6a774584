package io.swarmstream.clients.network;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;

/** Says what a failed request means and what to check. */
final class Explained {
  private Explained() {}

  static String failure(IOException failure) {
    if (failure instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    if (failure instanceof ConnectException) {
      return "nothing listens there";
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
}
