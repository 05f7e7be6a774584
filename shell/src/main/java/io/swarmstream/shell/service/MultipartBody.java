package io.swarmstream.shell.service;

import io.swarmstream.web.ApiProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A body of the media type multipart/form-data, as RFC 7578 describes it. */
final class MultipartBody {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "(?i)^multipart/form-data\\s*;.*?boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70})).*");
  private static final Pattern NAME = Pattern.compile("(?i)[;\\s]name=\"([^\"]*)\"");
  private static final Pattern FILE_NAME = Pattern.compile("(?i)[;\\s]filename=\"([^\"]*)\"");
  private static final int MOST_PARTS = 16;

  private final List<Part> parts;

  /**
   * A part.
   *
   * @param fileName empty: it is no file
   */
  @SuppressWarnings("ArrayRecordComponent") // parts are not compared
  record Part(String name, String fileName, byte[] bytes) {}

  private MultipartBody(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * Reads a body.
   *
   * @throws ApiProblem when it is none of this type
   */
  static MultipartBody of(String contentType, byte[] body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.matches()) {
      throw ApiProblem.of(
          415, "not-multipart", "send multipart/form-data with a part 'file': curl -F file=@FILE");
    }
    String mark = "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
    // One character is one byte, so that indexes of both agree.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    List<Part> parts = new ArrayList<>();
    int begin = text.indexOf(mark);
    while (begin >= 0) {
      int head = begin + mark.length();
      if (text.startsWith("--", head)) {
        return new MultipartBody(parts);
      }
      int end = text.indexOf("\r\n" + mark, head);
      int blank = text.indexOf("\r\n\r\n", head);
      if (!text.startsWith("\r\n", head) || end < 0 || blank < 0 || blank + 4 > end + 2) {
        break;
      }
      if (parts.size() == MOST_PARTS) {
        throw ApiProblem.badBody("the body has more than " + MOST_PARTS + " parts");
      }
      byte[] bytes = Arrays.copyOfRange(body, Math.min(blank + 4, end), end);
      parts.add(part(text.substring(head, blank), bytes));
      begin = end + 2;
    }
    throw ApiProblem.badBody("the body is no complete multipart/form-data");
  }

  private static Part part(String head, byte[] bytes) {
    String disposition =
        head.lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-disposition:"))
            .findFirst()
            .orElse("");
    Matcher name = NAME.matcher(disposition);
    Matcher fileName = FILE_NAME.matcher(disposition);
    return new Part(
        name.find() ? name.group(1) : "", fileName.find() ? fileName.group(1) : "", bytes);
  }

  /** The part of a name. */
  Part part(String name) {
    return parts.stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> ApiProblem.badValue(name, "the body has no part '" + name + "'; send one"));
  }
}
