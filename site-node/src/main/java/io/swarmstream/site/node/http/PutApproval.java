package io.swarmstream.site.node.http;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.site.node.problem.ProblemCode;

/** Takes the owner's answer about a contract. */
final class PutApproval implements Endpoint {
  @Override
  public Described describe() {
    return Described.of(
            "PUT",
            "/v1/approvals/{contract}",
            "approve",
            "Says whether the site may train for a contract, at a node that asks. A no closes the contract's session,"
                + " too.")
        .takes(Described.Content.json(ApprovalBody.class).upTo(4096))
        .gives(204, null)
        .fails(ProblemCode.NOT_ASKED)
        .entry(Described.Entry.OWNER);
  }

  @Override
  public Answer answer(Call call) throws Exception {
    String contract = call.path("contract");
    try {
      var unused = ContractTerms.checkName(contract);
    } catch (IllegalArgumentException e) {
      throw Call.bad("contract", contract, "the name of a training contract");
    }
    Boolean approved = call.json(ApprovalBody.class).approved();
    if (approved == null) {
      throw Call.bad("approved", "missing", "true or false");
    }
    call.node().answer(contract, approved);
    return Answer.empty(204);
  }
}
