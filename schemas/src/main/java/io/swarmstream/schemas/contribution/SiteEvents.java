package io.swarmstream.schemas.contribution;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.SiteEvent;
import io.swarmstream.schemas.signing.SignedContent;
import io.swarmstream.schemas.signing.SiteKey;
import java.nio.ByteBuffer;

/** The kinds of site events, and how to create them. */
public final class SiteEvents {
  public static final String JOINED = "joined";
  public static final String LEFT = "left";

  private SiteEvents() {}

  /**
   * Signs an event.
   *
   * @param kind {@link #JOINED} or {@link #LEFT}
   * @param atMs the site's clock, Unix milliseconds
   */
  public static SiteEvent sign(SiteKey key, ContractTerms terms, String kind, long atMs) {
    SiteEvent.Builder unsigned =
        SiteEvent.newBuilder()
            .setContract(terms.contract())
            .setTermsHash(terms.hash().toAvro())
            .setSite(key.address())
            .setKind(kind)
            .setAtMs(atMs)
            .setSignature(ByteBuffer.allocate(0));
    byte[] signature = key.sign(SignedContent.of(unsigned.build()));
    return unsigned.setSignature(ByteBuffer.wrap(signature)).build();
  }
}
