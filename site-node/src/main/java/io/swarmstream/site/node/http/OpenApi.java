package io.swarmstream.site.node.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmstream.web.ApiDocument;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the OpenAPI document from what the endpoints describe. */
final class OpenApi {
  private OpenApi() {}

  static ObjectNode document() {
    Map<String, String> token = new LinkedHashMap<>();
    token.put("type", "http");
    token.put("scheme", "bearer");
    token.put("description", "The content of the file 'token' in the node's folder.");
    return ApiDocument.of(
        "Swarmstream site node",
        "1",
        "The interface between a trainer and the site node beside it. Weights are sent as safetensors. Errors are"
            + " problems of RFC 9457. Besides those listed, any request may be answered 401 (unauthorized), 403"
            + " (cross-site), 408 (too-slow), 413 (too-large) or 503 (busy).",
        new ApiDocument.Scheme("token", token),
        Endpoints.ALL.stream().map(endpoint -> endpoint.describe().operationOfApi()).toList());
  }
}
