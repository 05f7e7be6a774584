package io.swarmstream.clients.kafka.log;

/**
 * Knows whose signature counts on a contract's records. That may change: the contract's owner may
 * appoint another coordinator. Used by one thread, which holds no lock meanwhile.
 */
public interface RecordSigners {
  /** Address of the present coordinator as far as is known, for messages. */
  String coordinator();

  /**
   * Whether a record counts.
   *
   * @param signer address of the account that has signed it
   * @param record the record's bytes as published, frame included
   */
  boolean accepts(String signer, byte[] record);

  /** One coordinator for ever. */
  static RecordSigners only(String coordinator) {
    return new RecordSigners() {
      @Override
      public String coordinator() {
        return coordinator;
      }

      @Override
      public boolean accepts(String signer, byte[] record) {
        return signer.equals(coordinator);
      }
    };
  }
}
