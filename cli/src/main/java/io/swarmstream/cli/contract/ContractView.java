package io.swarmstream.cli.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.contracts.Draft;
import io.swarmstream.schemas.ClipTensor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.PrivacyLoss;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contract as the command shows it.
 *
 * @param state {@code draft}, or {@code created}
 * @param shareLimit every site's share of the weight stays below it; {@code none}; null: the
 *     method's usual limit
 * @param normLimit greatest length with which a delta counts; {@code none}; null: the usual limit
 * @param maxWeight of a draft: greatest weight of sites that enrol themselves
 * @param parameterCount values that trainers have
 * @param layout tensors that trainers have; null: the chain has only the hash of the whole layout
 * @param privacyLoss what the anchored rounds may have given away of each site; null: there is no
 *     noise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ContractView(
    String name,
    String state,
    @Nullable String method,
    @Nullable Integer minPeers,
    String encoding,
    String payloadHash,
    String optimizer,
    String privacy,
    long gracePeriodMs,
    @Nullable Integer adaptiveInterval,
    @Nullable String shareLimit,
    @Nullable String normLimit,
    @Nullable Integer maxWeight,
    @Nullable Long parameterCount,
    @Nullable String layoutHash,
    @Nullable List<String> layout,
    @Nullable List<Site> sites,
    @Nullable String owner,
    @Nullable Long nextAnchor,
    @Nullable String privacyLoss) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** An enrolled site. */
  record Site(String name, String address, int maxWeight) {}

  static ContractView of(Draft draft) {
    return new ContractView(
        draft.contract(),
        "draft",
        draft.mergeMethod(),
        draft.minPeers(),
        draft.encoding().code(),
        draft.payloadHash().code(),
        draft.optimizer().shown(),
        draft.privacy().shown(),
        draft.gracePeriod().toMillis(),
        draft.adaptiveInterval(),
        draft.limits().share(),
        draft.limits().norm(),
        draft.maxWeight(),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** Reads everything that the chain holds about a contract. */
  static ContractView of(ContractTerms terms, ChainClient chain) {
    String name = terms.contract();
    long nextAnchor = chain.anchors().nextRound(name);
    return new ContractView(
        name,
        "created",
        terms.method(),
        terms.minPeers(),
        terms.deltaEncoding().code(),
        terms.payloadHash().code(),
        terms.optimizer().shown(),
        terms.privacy().shown(),
        terms.gracePeriodMs(),
        terms.adaptiveInterval(),
        terms.limits().shareText().orElse("none"),
        terms.limits().normText().orElse("none"),
        null,
        terms.trainedParameters(),
        terms.layoutHash(),
        chain.registry().layout(name).map(ContractView::tensors).orElse(null),
        chain.registry().sites(name).stream()
            .map(site -> new Site(site.name(), site.address(), site.maxWeight()))
            .toList(),
        chain.registry().owner(name).orElse(null),
        nextAnchor,
        PrivacyLoss.after(terms, nextAnchor - 1).map(PrivacyLoss::toString).orElse(null));
  }

  private static List<String> tensors(ModelLayout layout) {
    return layout.tensors().stream()
        .filter(tensor -> !tensor.name().equals(ClipTensor.NAME))
        .map(TensorShape::toString)
        .toList();
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
