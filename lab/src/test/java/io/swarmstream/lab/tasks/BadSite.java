package io.swarmstream.lab.tasks;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.log.DeltaProducer;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.MerkleTree;
import io.swarmstream.schemas.signing.SignedContent;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.site.node.join.SiteFolder;
import io.swarmstream.site.node.join.SiteSettings;
import io.swarmstream.testkit.TestContract;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A member with a faulty program of its own: what it signs and sends is no number. */
final class BadSite {
  private BadSite() {}

  /** Sends a contribution whose first value is NaN, which a site node would not send. */
  static void sendsNotANumber(Path folder, String contract, long round) throws Exception {
    SiteFolder site = SiteFolder.existing(folder);
    SiteSettings settings = site.requiredSettings();
    Path identity = site.identity().path();
    KafkaEndpoint kafka = KafkaEndpoint.secured(settings.requiredKafka(), identity);
    try (ChainClient chain = ChainClient.reading(settings.chainOptions(identity));
        DeltaProducer producer = DeltaProducer.of(kafka)) {
      ContractTerms terms = chain.registry().terms(contract).orElseThrow();
      byte[] record = WireFormat.DELTA_CHUNK.encode(signed(site.account(), terms, round));
      producer.send(contract, "0", record);
      producer.flush(Duration.ofSeconds(30));
    }
  }

  /** As a site signs it, but for the value; the model is of one chunk. */
  private static DeltaChunk signed(SiteKey key, ContractTerms terms, long round) {
    float[] values = new float[Math.toIntExact(terms.parameterCount())];
    DeltaChunk good =
        Contribution.sign(key, terms, round, Hash.ZERO, values, TestContract.header(1)).chunk(0);
    values[0] = Float.NaN;
    byte[] payload = terms.deltaEncoding(round).encode(values);
    Hash leaf = terms.payloadHash().leaf(payload);
    DeltaChunk bad =
        DeltaChunk.newBuilder(good)
            .setMerkleRoot(MerkleTree.of(List.of(leaf)).root().toAvro())
            .setChunkHash(leaf.toAvro())
            .setPayload(ByteBuffer.wrap(payload))
            .build();
    return DeltaChunk.newBuilder(bad)
        .setSignature(ByteBuffer.wrap(key.sign(SignedContent.of(bad))))
        .build();
  }
}
