package io.swarmstream.site.internal;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.Enrolment;
import io.swarmstream.clients.kafka.log.ContractLog;
import io.swarmstream.clients.kafka.log.DeltaProducer;
import io.swarmstream.clients.kafka.log.ModelLog;
import io.swarmstream.schemas.ClipTensor;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.SiteException;
import io.swarmstream.site.SiteOptions;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The clients of one site in one contract, and what the chain said of both when it joined.
 *
 * @param layout the contract's, with the tensor of an adaptive clip
 * @param site as it is enrolled
 */
public record SiteConnection(
    SiteOptions options,
    SiteKey key,
    ContractTerms terms,
    ModelLayout layout,
    Enrolment site,
    ChainClient chain,
    DeltaProducer producer,
    ContractLog log,
    ModelLog models)
    implements AutoCloseable {

  /**
   * Reads the contract on the chain and opens the log.
   *
   * @throws SiteException when there is no such contract, the site is not enrolled, or the layout
   *     is missing or another one
   * @throws io.swarmstream.clients.kafka.DeadlineException when Kafka does not answer in time
   * @throws ChainException when the chain cannot be read
   */
  public static SiteConnection open(SiteOptions options, SiteKey key) throws InterruptedException {
    Deque<Runnable> opened = new ArrayDeque<>();
    try {
      ChainClient chain = ChainClient.reading(options.chain());
      opened.push(chain::close);
      DeltaProducer producer = DeltaProducer.of(options.kafka());
      opened.push(producer::close);
      String contract = options.contract();
      ContractTerms terms = terms(chain, contract);
      ModelLayout layout = layout(chain, options, terms);
      DeltaPrivacy.requireSound(terms, layout);
      Enrolment site = enrolment(chain, contract, key.address());
      ContractLog log =
          ContractLog.ofSite(
              options.kafka(),
              terms,
              new CoordinatorSignatures(chain, contract),
              key.address(),
              options.joinDeadline());
      opened.push(log::close);
      ModelLog models = ModelLog.open(options.kafka(), terms, options.joinDeadline());
      return new SiteConnection(options, key, terms, layout, site, chain, producer, log, models);
    } catch (RuntimeException | InterruptedException e) {
      opened.forEach(Runnable::run);
      throw e;
    }
  }

  private static ContractTerms terms(ChainClient chain, String contract) {
    return chain
        .registry()
        .terms(contract)
        .orElseThrow(
            () ->
                new SiteException(
                    "there is no contract "
                        + contract
                        + " on "
                        + chain.network()
                        + "; there are "
                        + chain.registry().names()
                        + ": name one of them, or create it"));
  }

  private static Enrolment enrolment(ChainClient chain, String contract, String address) {
    return chain.registry().sites(contract).stream()
        .filter(site -> site.address().equals(address))
        .findFirst()
        .orElseThrow(
            () ->
                new SiteException(
                    "site "
                        + address
                        + " is not enrolled in contract "
                        + contract
                        + "; ask its owner "
                        + chain.registry().owner(contract).orElse("")
                        + " to enrol that address"));
  }

  private static ModelLayout layout(ChainClient chain, SiteOptions options, ContractTerms terms) {
    ModelLayout layout =
        chain
            .registry()
            .layout(terms.contract())
            .or(() -> options.layout().map(own -> ClipTensor.whole(terms.privacy(), own)))
            .orElseThrow(
                () ->
                    new SiteException(
                        "the layout of contract "
                            + terms.contract()
                            + " is too long for the chain, which has its hash "
                            + terms.layoutHash()
                            + "; give the layout with SiteOptions.withLayout"));
    if (!layout.hash().hex().equals(terms.layoutHash())) {
      throw new SiteException(
          "the layout of this site's model hashes to "
              + layout.hash()
              + ", the terms of contract "
              + terms.contract()
              + " say "
              + terms.layoutHash()
              + "; give the contract's layout");
    }
    return layout;
  }

  /** The contract's owner, for messages; empty when the chain does not say. */
  String owner() {
    try {
      return chain.registry().owner(terms.contract()).orElse("");
    } catch (ChainException e) {
      return "";
    }
  }

  @Override
  public void close() {
    log.close();
    models.close();
    producer.close();
    chain.close();
  }
}
