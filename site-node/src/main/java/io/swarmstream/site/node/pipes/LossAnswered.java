package io.swarmstream.site.node.pipes;

import java.io.IOException;

/**
 * A client's answer to a merged model; HPE's names.
 *
 * @param status 0: the model is loaded
 * @param reason why it is not
 * @param loss of the merged model on the site's data; 0 with a metric of 0: not computed
 */
record LossAnswered(
    int status, String reason, float loss, float metrics, int epochsDone, int totalEpochs) {

  static LossAnswered parse(byte[] body) throws IOException {
    WireFields fields = WireFields.parse(body);
    WireFields status = WireFields.parse(fields.bytes(4));
    return new LossAnswered(
        status.whole(1),
        status.text(2),
        fields.real(5),
        fields.real(6),
        fields.whole(7),
        fields.whole(8));
  }

  /** HPE's client reports two zeros when it has not evaluated. */
  private boolean isEvaluated() {
    return loss != 0 || metrics != 0;
  }

  double lossOrNaN() {
    return isEvaluated() && Float.isFinite(loss) ? loss : Double.NaN;
  }

  double metricOrNaN() {
    return isEvaluated() && Float.isFinite(metrics) ? metrics : Double.NaN;
  }
}
