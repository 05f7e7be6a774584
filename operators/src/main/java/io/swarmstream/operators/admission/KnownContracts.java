package io.swarmstream.operators.admission;

import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.ContractTerms;
import java.util.Locale;
import java.util.Objects;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.jspecify.annotations.Nullable;

/**
 * The contracts and enrolled sites that the chain has named, in broadcast state: each admission
 * subtask has all of them.
 */
record KnownContracts(
    ReadOnlyBroadcastState<String, ContractTerms> contracts,
    ReadOnlyBroadcastState<String, EnrolledSite> sites) {
  /** By contract. */
  private static final MapStateDescriptor<String, ContractTerms> TERMS =
      new MapStateDescriptor<>("terms", Types.STRING, TypeInformation.of(ContractTerms.class));

  /** By contract, slash, site address; no entry: not enrolled. */
  private static final MapStateDescriptor<String, EnrolledSite> SITES =
      new MapStateDescriptor<>(
          "enrolled-sites", Types.STRING, TypeInformation.of(EnrolledSite.class));

  static MapStateDescriptor<?, ?>[] states() {
    return new MapStateDescriptor<?, ?>[] {TERMS, SITES};
  }

  static KnownContracts of(BroadcastProcessFunction<?, ?, ?>.ReadOnlyContext context)
      throws Exception {
    return new KnownContracts(context.getBroadcastState(TERMS), context.getBroadcastState(SITES));
  }

  /**
   * Notes what the chain says.
   *
   * @return false when the event is of a contract that this job does not serve
   */
  static boolean apply(ContractEvent event, BroadcastProcessFunction<?, ?, ?>.Context context)
      throws Exception {
    BroadcastState<String, ContractTerms> terms = context.getBroadcastState(TERMS);
    BroadcastState<String, EnrolledSite> sites = context.getBroadcastState(SITES);
    if (event.kind() != ContractEvent.Kind.CREATED && !terms.contains(event.contract())) {
      return false;
    }
    switch (event.kind()) {
      case CREATED -> {
        if (!terms.contains(event.contract())) {
          terms.put(event.contract(), Objects.requireNonNull(event.terms()));
        }
      }
      case SITE_ENROLLED ->
          sites.put(
              siteKey(event.contract(), event.site()),
              new EnrolledSite(Objects.requireNonNull(event.siteName()), event.maxWeight()));
      case SITE_REMOVED -> sites.remove(siteKey(event.contract(), event.site()));
    }
    return true;
  }

  /** Terms of a contract; null: the chain has not named it yet, or this job does not serve it. */
  @Nullable ContractTerms terms(String contract) throws Exception {
    return contracts.get(contract);
  }

  /** A contract's site by its address; null: it is not enrolled. */
  @Nullable EnrolledSite site(String contract, String address) throws Exception {
    return sites.get(siteKey(contract, address));
  }

  private static String siteKey(String contract, @Nullable String site) {
    return contract + "/" + Objects.requireNonNull(site).toLowerCase(Locale.ROOT);
  }
}
