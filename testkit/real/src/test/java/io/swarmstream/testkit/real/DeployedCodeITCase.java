package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.ChainDeployment;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.Founder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a chain has to bear: size of the code and gas of each deployment. */
class DeployedCodeITCase {
  /** EIP-170. */
  private static final int LARGEST_CODE_BYTES = 24_576;

  /** Gas limit of blocks of Ethereum networks that we start. */
  private static final long BLOCK_GAS = 30_000_000;

  private static final int CERTIFICATE_BYTES = 800;

  @Test
  void staysBelowTheLimitsOfAChain() throws Exception {
    try (DevChain chain = new DevChain()) {
      long before = Long.decode(chain.ask("eth_blockNumber").toString());
      ChainOptions options =
          ChainDeployment.deploySecured(
              chain.anvil.url(),
              chain.key(0),
              new Founder(
                  "org-a", "founder", MemberChain.keyHash("founder"), new byte[CERTIFICATE_BYTES]));
      Map<String, String> contracts = new LinkedHashMap<>();
      contracts.put("SwarmMembers", String.valueOf(options.swarmMembers()));
      contracts.put("TrainingContracts", options.trainingContracts());
      contracts.put("RoundAnchors", options.roundAnchors());
      contracts.put("TaskBoard", String.valueOf(options.taskBoard()));

      long block = before;
      for (Map.Entry<String, String> contract : contracts.entrySet()) {
        block++;
        String code = chain.ask("eth_getCode", contract.getValue(), "latest").toString();
        int bytes = code.length() / 2 - 1;
        long gas = gasOf(chain, block);
        System.out.printf(
            "%s: %,d bytes of code, %,d gas to deploy%n", contract.getKey(), bytes, gas);
        assertThat(bytes).as(contract.getKey()).isBetween(1, LARGEST_CODE_BYTES);
        assertThat(gas).as(contract.getKey()).isBetween(1L, BLOCK_GAS);
      }
    }
  }

  private static long gasOf(DevChain chain, long block) throws Exception {
    Map<?, ?> read =
        (Map<?, ?>) chain.ask("eth_getBlockByNumber", "0x" + Long.toHexString(block), false);
    return Long.decode(String.valueOf(read.get("gasUsed")));
  }
}
