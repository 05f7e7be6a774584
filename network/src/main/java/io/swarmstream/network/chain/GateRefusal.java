package io.swarmstream.network.chain;

/** The gate does not pass a request on. The codes are those of JSON-RPC 2.0 and EIP-1474. */
final class GateRefusal extends Exception {
  private static final long serialVersionUID = 1;

  static final int PARSE_ERROR = -32700;
  static final int INVALID_REQUEST = -32600;
  static final int METHOD_NOT_FOUND = -32601;
  static final int INVALID_PARAMS = -32602;
  static final int INTERNAL_ERROR = -32603;
  static final int LIMIT_EXCEEDED = -32005;

  private final int code;

  GateRefusal(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  int code() {
    return code;
  }
}
