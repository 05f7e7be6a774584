package io.swarmstream.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the OpenAPI document says of one method of one path.
 *
 * @param path with parameters in braces
 * @param entry who may call it, in the server's own words; null: not said
 * @param isOpen whether callers need not say who they are
 * @param numbers parameters in the path that are whole numbers
 * @param body of a request; null: none
 * @param status of the answer if all is well
 * @param answer its body; null: none
 * @param problems what may go wrong, by status or {@code default}
 */
public record ApiOperation(
    String method,
    String path,
    String operation,
    String summary,
    @Nullable String entry,
    boolean isOpen,
    Set<String> numbers,
    List<Query> queries,
    @Nullable Body body,
    int status,
    @Nullable Body answer,
    Map<String, String> problems) {

  /** A query parameter; {@code type} is a string, a number or a boolean. */
  public record Query(String name, Class<?> type, String description) {}

  /**
   * A body.
   *
   * @param type record that describes the JSON; null: bytes
   * @param isList whether it is a list of {@code type}
   */
  public record Body(String mediaType, @Nullable Class<?> type, boolean isList) {}
}
