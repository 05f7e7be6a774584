package io.swarmstream.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervises the parts of a swarm: reports which one is down and since when, and restarts it a
 * limited number of times. Used by one thread; others may ask what is troubled.
 */
public final class SwarmSupervisor {
  private static final Logger LOG = LoggerFactory.getLogger(SwarmSupervisor.class);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** Consecutive restarts after which the supervisor gives up on a part. */
  static final int ATTEMPTS = 3;

  /** How long a part has to work until its earlier failures are forgotten. */
  static final Duration RECOVERED = Duration.ofMinutes(10);

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final List<Post> posts = new ArrayList<>();
  private volatile Map<String, Standing> troubled = Map.of();
  private final Consumer<String> say;
  private final Clock clock;

  /**
   * A part that does not work.
   *
   * @param isDown false: it may work again by itself
   * @param sentence what is wrong, and what is done about it
   */
  public record Standing(Instant since, boolean isDown, String sentence) {}

  /** A part could not be restarted. */
  public static final class PartLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private PartLostException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The state of a part. */
  private static final class Post {
    final Watched part;
    String trouble = "";
    @Nullable Instant troubledSince;
    boolean isDown;
    int attempts;
    Instant lastAttempt = Instant.MIN;
    @Nullable Exception failure;

    Post(Watched part) {
      this.part = part;
    }
  }

  /**
   * @param parts parts in order of dependency: while one is down, those after it are not checked
   * @param say receives what happens, in whole sentences
   */
  public SwarmSupervisor(List<? extends Watched> parts, Consumer<String> say) {
    this(parts, say, Clock.system(ZoneId.systemDefault()));
  }

  SwarmSupervisor(List<? extends Watched> parts, Consumer<String> say, Clock clock) {
    parts.forEach(part -> posts.add(new Post(part)));
    this.say = say;
    this.clock = clock;
  }

  /**
   * Checks every part once, and restarts parts that are down.
   *
   * @throws PartLostException when a part could not be restarted
   */
  public void check() throws InterruptedException {
    for (Post post : posts) {
      Optional<Watched.Trouble> trouble = post.part.trouble();
      if (trouble.isEmpty()) {
        works(post);
      } else if (!mend(post, trouble.get())) {
        return;
      }
    }
  }

  /** What does not work, by the part's name, as the last check has seen it. */
  public Map<String, Standing> troubled() {
    return troubled;
  }

  private void tell() {
    Map<String, Standing> now = new HashMap<>();
    for (Post post : posts) {
      Instant since = post.troubledSince;
      if (since != null) {
        now.put(
            post.part.name(),
            new Standing(
                since,
                post.isDown,
                post.part.name()
                    + ": "
                    + post.trouble
                    + (post.isDown
                        ? "; it is being started again (%d of %d)"
                            .formatted(post.attempts, ATTEMPTS)
                        : "; it is started again if that lasts")));
      }
    }
    troubled = Map.copyOf(now);
  }

  private void works(Post post) {
    Instant since = post.troubledSince;
    if (post.isDown && since != null) {
      say(
          "%s is up again, after %d s"
              .formatted(post.part.name(), Duration.between(since, clock.instant()).toSeconds()));
    }
    post.isDown = false;
    post.troubledSince = null;
    post.trouble = "";
    tell();
    if (post.attempts > 0
        && Duration.between(post.lastAttempt, clock.instant()).compareTo(RECOVERED) > 0) {
      post.attempts = 0;
    }
  }

  /** Restarts a part if necessary; returns whether it may still work. */
  private boolean mend(Post post, Watched.Trouble trouble) throws InterruptedException {
    Instant now = clock.instant();
    Instant since = post.troubledSince == null ? now : post.troubledSince;
    post.troubledSince = since;
    post.trouble = trouble.what();
    tell();
    if (Duration.between(since, now).compareTo(trouble.patience()) < 0) {
      return true;
    }
    if (post.isDown && Duration.between(post.lastAttempt, now).compareTo(PAUSE) < 0) {
      return false;
    }
    if (post.attempts == ATTEMPTS) {
      throw new PartLostException(lost(post, since, trouble), post.failure);
    }
    post.isDown = true;
    post.attempts++;
    post.lastAttempt = now;
    tell();
    say(
        "%s is down since %s: %s; starting it again (%d of %d)"
            .formatted(post.part.name(), time(since), trouble.what(), post.attempts, ATTEMPTS));
    try {
      post.part.restart();
      post.failure = null;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      LOG.warn("{} did not start again", post.part.name(), e);
      post.failure = e;
    }
    return false;
  }

  private String lost(Post post, Instant since, Watched.Trouble trouble) {
    Exception failure = post.failure;
    return "%s is down since %s and did not come back when it was started again %d times: %s"
        .formatted(
            post.part.name(),
            time(since),
            ATTEMPTS,
            failure == null ? trouble.what() : failure.getMessage());
  }

  private String time(Instant instant) {
    return TIME.withZone(clock.getZone()).format(instant);
  }

  private void say(String what) {
    String line = time(clock.instant()) + " " + what;
    LOG.warn(what);
    say.accept(line);
  }
}
