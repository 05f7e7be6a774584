package io.swarmstream.console;

import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiRoute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the console's pages. Each file that the build has listed is a route of its own, so
 * no path leads to another file. The pages are the same for everybody and hold no data.
 */
public final class ConsolePages {
  /** Where the console is. */
  public static final String PATH = "/console/";

  private ConsolePages() {}

  /**
   * The routes.
   *
   * @param entry what the server's gate calls routes that are for anybody
   */
  public static <C> List<ApiRoute<C>> routes(String entry) {
    List<ApiRoute<C>> routes = new ArrayList<>();
    routes.add(ApiRoute.page("/", entry, ConsolePages::lead));
    for (PageFile file : files()) {
      ApiRoute.Handler<C> handler = call -> serve(call, file);
      routes.add(ApiRoute.page(PATH + file.name(), entry, handler));
      if (file.isStart()) {
        // The path without its last slash is the same route; the page's links would not work there.
        routes.add(
            ApiRoute.page(
                PATH,
                entry,
                call -> call.requestedPath().equals(PATH) ? serve(call, file) : lead(call)));
      }
    }
    return routes;
  }

  static List<PageFile> files() {
    return PageFile.listed("page");
  }

  private static <C> @Nullable Object lead(ApiCall<C> call) {
    call.seeOther(PATH);
    return null;
  }

  private static <C> @Nullable Object serve(ApiCall<C> call, PageFile file) {
    PageAnswer answer = file.answer(call.header("If-None-Match"), call.header("Accept-Encoding"));
    answer.headers().forEach(call::answerHeader);
    call.status(answer.status());
    if (answer.status() != 304) {
      call.answer(answer.mediaType(), answer.body());
    }
    return null;
  }
}
