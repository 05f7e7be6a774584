package io.swarmstream.network.api;

import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.schemas.MemberName;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all routes share that act by the node's account: who may call them, and what they refuse.
 */
final class OwnActs {
  private OwnActs() {}

  /**
   * Refuses all but the member whose account the node has.
   *
   * @throws ApiProblem naming the way out
   */
  static void check(ConsoleParts node, ApiCall<Caller> call, Role... any) {
    Member caller = call.caller().member();
    if (!node.own().isOf(caller)) {
      throw ApiProblem.of(403, "other-node", ConsoleRoutes.OTHERS_ACT);
    }
    var unused = call.caller().with(any);
  }

  /** Acts; says what the chain refuses, and what does not go now. */
  static <T> T byTheChain(Supplier<T> act) {
    try {
      return act.get();
    } catch (ChainRefusalException e) {
      throw ApiProblem.of(409, "refused-by-the-chain", String.valueOf(e.getMessage())).because(e);
    } catch (IllegalStateException e) {
      throw ApiProblem.of(409, "not-now", String.valueOf(e.getMessage())).because(e);
    }
  }

  static String name(String field, @Nullable String value) {
    return field(field, () -> MemberName.check("the name", value == null ? "" : value));
  }

  static int number(String field, @Nullable Integer value, int min, int max, int defaultValue) {
    int number = value == null ? defaultValue : value;
    if (number < min || number > max) {
      throw ApiProblem.badValue(
          field, field + " must be " + min + " to " + max + ", got " + number);
    }
    return number;
  }

  /** A value of a field that what it makes checks. */
  static <T> T field(String field, Supplier<T> checked) {
    try {
      return checked.get();
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badValue(field, field + ": " + e.getMessage()).because(e);
    }
  }
}
