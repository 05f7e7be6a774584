package io.swarmstream.console;

import java.util.Map;

/**
 * The answer to a request for a file of the pages.
 *
 * @param status 200, or 304 when the browser has it
 * @param headers besides the media type, among them the policy that the browser keeps to
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PageAnswer(int status, String mediaType, byte[] body, Map<String, String> headers) {
  public PageAnswer {
    headers = Map.copyOf(headers);
  }
}
