package io.swarmstream.clients.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.web3j.protocol.core.RemoteFunctionCall;

/** Reads lists that a smart contract gives in parts. */
final class ViewPages {
  private ViewPages() {}

  /**
   * All values of a list.
   *
   * @param size values that one call asks for
   * @param call takes the first value's place and the size
   */
  @SuppressWarnings("rawtypes") // the list type that web3j uses
  static <T> List<T> all(
      SmartContract views,
      String what,
      int size,
      BiFunction<BigInteger, BigInteger, RemoteFunctionCall<List>> call,
      Function<Object, T> read) {
    List<T> values = new ArrayList<>();
    List<?> page;
    do {
      page =
          (List<?>)
              views
                  .view(
                      what, call.apply(BigInteger.valueOf(values.size()), BigInteger.valueOf(size)))
                  .getValue();
      page.forEach(value -> values.add(read.apply(value)));
    } while (page.size() == size);
    return values;
  }
}
