package io.swarmstream.site.node.pickle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a dict of numpy arrays from a pickle of protocol 2 to 5, as the machine with a stack that
 * the format describes. It knows the instructions that dicts, lists, tuples, strings, numbers and
 * arrays need, and refuses all others.
 */
public final class Unpickler {
  /** Of protocol 0 and 1 there is no header. */
  private static final int PROTO = 0x80;

  /** A large model takes about twenty instructions for each of its tensors. */
  private static final int MAX_INSTRUCTIONS = 2_000_000;

  /** Python's None. */
  static final Object NONE = new Object();

  private static final Object MARK = new Object();

  private final PickleInput in;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();

  private Unpickler(PickleInput in) {
    this.in = in;
  }

  /**
   * Reads the file's pickle; the values of its arrays stay where they are.
   *
   * @return arrays by name, in the order of the dict
   * @throws PickleException when it is no pickle, or holds anything else
   */
  public static Map<String, NumpyArray> read(FileChannel file) throws IOException {
    try {
      return arrays(new Unpickler(new PickleInput(file)).run());
    } catch (ClassCastException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new PickleException("the pickle is damaged: " + e.getMessage(), e);
    }
  }

  private static Map<String, NumpyArray> arrays(Object top) {
    if (!(top instanceof PickleDict dict)) {
      throw new PickleException("the pickle is no dict; send a dict from names to numpy arrays");
    }
    Map<String, NumpyArray> arrays = new LinkedHashMap<>();
    dict.entries().forEach((name, value) -> arrays.put(name, array(name, value)));
    return arrays;
  }

  private static NumpyArray array(String name, Object value) {
    if (value instanceof PendingArray pending) {
      return pending.get(name);
    }
    ByteBuffer number = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    NumpyType type;
    if (value instanceof Double real) {
      number.putDouble(real);
      type = NumpyType.FLOAT64;
    } else if (value instanceof Long whole) {
      number.putLong(whole);
      type = NumpyType.INT64;
    } else if (value instanceof Boolean is) {
      number.put((byte) (is ? 1 : 0));
      type = NumpyType.BOOL;
    } else {
      throw new PickleException(
          "the value of " + name + " is no numpy array; send a dict from names to numpy arrays");
    }
    byte[] bytes = Arrays.copyOf(number.array(), type.bytes());
    return NumpyArray.inC(type, false, List.of(), new RawBytes.Held(bytes));
  }

  private Object run() throws IOException {
    if (in.u1() != PROTO) {
      throw new PickleException(
          "this is no pickle of protocol 2 or later; is it the file that pickle.dump has written?");
    }
    int protocol = in.u1();
    if (protocol < 2 || protocol > 5) {
      throw new PickleException("the pickle has protocol " + protocol + "; 2 to 5 are read");
    }
    for (int count = 0; count < MAX_INSTRUCTIONS; count++) {
      int instruction = in.u1();
      if (instruction == '.') {
        return pop();
      }
      execute(instruction);
    }
    throw new PickleException(
        "the pickle has more than " + MAX_INSTRUCTIONS + " instructions, more than a model takes");
  }

  private void execute(int instruction) throws IOException {
    switch (instruction) {
      case 0x95 -> in.u8(); // a frame: only a hint for buffers
      case '(' -> stack.add(MARK);
      case '0' -> pop();
      case '1' -> popToMark();
      case '2' -> stack.add(top());
      case 'N' -> stack.add(NONE);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'J' -> stack.add((long) in.i4());
      case 'K' -> stack.add((long) in.u1());
      case 'M' -> stack.add((long) in.u2());
      case 0x8a -> stack.add(in.integer(in.u1()));
      case 0x8b -> stack.add(in.integer(in.u4()));
      case 'G' -> stack.add(in.f8());
      case 0x8c -> text(in.u1());
      case 'X' -> text(in.u4());
      case 0x8d -> text(in.u8());
      case 'C' -> bytes(in.u1());
      case 'B' -> bytes(in.u4());
      case 0x8e, 0x96 -> bytes(in.u8());
      case ')' -> stack.add(List.of());
      case 0x85 -> tuple(1);
      case 0x86 -> tuple(2);
      case 0x87 -> tuple(3);
      case 't' -> stack.add(List.copyOf(popToMark()));
      case ']' -> stack.add(new ArrayList<>());
      case 'l' -> stack.add(popToMark());
      case 'a' -> append(List.of(pop()));
      case 'e' -> append(popToMark());
      case '}' -> stack.add(new PickleDict());
      case 'd' -> dict(popToMark());
      case 's' -> putOne();
      case 'u' -> put(popToMark());
      case 'q' -> memo.put((long) in.u1(), top());
      case 'r' -> memo.put(in.u4(), top());
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'h' -> recall(in.u1());
      case 'j' -> recall(in.u4());
      case 'c' -> stack.add(PickleGlobal.named(in.line(), in.line()));
      case 0x93 -> global();
      case 'R' -> call();
      case 'b' -> build();
      default -> throw refused(instruction);
    }
  }

  private static PickleException refused(int instruction) {
    String what =
        switch (instruction) {
          case 0x81, 0x92, 'i', 'o' -> "makes an object of a class";
          case 0x82, 0x83, 0x84 -> "names a class by a number";
          case 'P', 'Q' -> "refers to an object outside of it";
          case 0x97, 0x98 -> "keeps its arrays outside of the file (out-of-band buffers)";
          case 0x8f, 0x90, 0x91 -> "has a set in it";
          default -> String.format("has the unknown instruction 0x%02x", instruction);
        };
    return new PickleException(
        "the pickle "
            + what
            + ", which is refused: weights are a dict of numpy arrays, and nothing in a pickle is run");
  }

  private void text(long length) throws IOException {
    long position = in.position();
    if (length <= PickleText.LONGEST) {
      stack.add(new PickleText(in.text((int) length), position, length));
    } else {
      stack.add(new PickleText("", in.skip(length), length));
    }
  }

  private void bytes(long length) throws IOException {
    stack.add(new RawBytes.InFile(in.skip(length), length));
  }

  private Object top() {
    return stack.get(stack.size() - 1);
  }

  private Object pop() {
    return stack.remove(stack.size() - 1);
  }

  private List<Object> popToMark() {
    int mark = stack.lastIndexOf(MARK);
    List<Object> popped = new ArrayList<>(stack.subList(mark + 1, stack.size()));
    stack.subList(mark, stack.size()).clear();
    return popped;
  }

  private void tuple(int size) {
    List<Object> last = stack.subList(stack.size() - size, stack.size());
    List<Object> tuple = List.copyOf(last);
    last.clear();
    stack.add(tuple);
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> values) {
    ((ArrayList<Object>) top()).addAll(values);
  }

  private void dict(List<Object> entries) {
    PickleDict dict = new PickleDict();
    stack.add(dict);
    put(entries);
  }

  private void putOne() {
    Object value = pop();
    put(List.of(pop(), value));
  }

  /** Keys and values in turn. */
  private void put(List<Object> entries) {
    PickleDict dict = (PickleDict) top();
    for (int i = 0; i < entries.size(); i += 2) {
      dict.put(entries.get(i), entries.get(i + 1));
    }
  }

  private void recall(long index) {
    Object remembered = memo.get(index);
    if (remembered == null) {
      throw new PickleException("the pickle is damaged: nothing is remembered as " + index);
    }
    stack.add(remembered);
  }

  private void global() {
    PickleText name = (PickleText) pop();
    PickleText module = (PickleText) pop();
    stack.add(PickleGlobal.named(module.value(), name.value()));
  }

  @SuppressWarnings("unchecked")
  private void call() {
    List<Object> arguments = (List<Object>) pop();
    PickleGlobal global = (PickleGlobal) pop();
    stack.add(global.call(arguments));
  }

  private void build() {
    Object state = pop();
    Object built = top();
    if (built instanceof PendingArray array) {
      array.take((List<?>) state);
    } else if (built instanceof PendingType type) {
      type.take((List<?>) state);
    } else if (!(built instanceof PickleDict)) { // of which PyTorch adds what is no weight
      throw refused('o');
    }
  }
}
