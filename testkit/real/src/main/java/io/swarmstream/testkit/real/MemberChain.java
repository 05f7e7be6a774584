package io.swarmstream.testkit.real;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainDeployment;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.Founder;
import io.swarmstream.clients.chain.InvitationOffer;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.SignedBinding;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.SiteKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A swarm with members on a development chain, founded by the chain's first account. */
public final class MemberChain implements AutoCloseable {
  private static final byte[] AUTHORITY = "authority of org-a".getBytes(StandardCharsets.UTF_8);
  private static final AtomicInteger TOKENS = new AtomicInteger();

  public final DevChain chain;
  public final ChainOptions options;
  public final ChainClient founder;
  private final Map<Integer, ChainClient> clients = new ConcurrentHashMap<>();

  /** Deploys the contracts on a chain that other tests share. */
  public MemberChain(DevChain chain) {
    this.chain = chain;
    this.options =
        ChainDeployment.deploySecured(
                chain.anvil.url(),
                chain.key(0),
                new Founder("org-a", "founder", keyHash("founder"), AUTHORITY))
            .withPollInterval(Duration.ofMillis(20))
            .withTimeouts(chain.options.timeouts());
    this.founder = client(0);
  }

  /** A client that signs as one of the chain's accounts. */
  public ChainClient client(int account) {
    return clients.computeIfAbsent(
        account, number -> ChainClient.signing(options, chain.key(number)));
  }

  public String address(int account) {
    return chain.key(account).address();
  }

  /** A hash that stands for the key of a certificate. */
  public static String keyHash(String name) {
    return Hash.sha256(name.getBytes(StandardCharsets.UTF_8)).hex();
  }

  public static String newToken() {
    return "token-" + TOKENS.incrementAndGet();
  }

  /** An offer of a membership that begins at once and expires in an hour of the chain's time. */
  public InvitationOffer offer(String token, String name, Role... roles) {
    return new InvitationOffer(
        InvitationOffer.hashOf(token),
        name,
        "org-b",
        Set.of(roles),
        "",
        1,
        Instant.now().plus(Duration.ofDays(365)),
        false);
  }

  /** The binding of a key to an account, signed by it. */
  public SignedBinding binding(SiteKey account, String keyHash) {
    return founder.members().bindingText(account.address(), keyHash, "").signedBy(account);
  }

  /** Invites and admits one of the chain's accounts. */
  public ChainClient join(int account, String name, Role... roles) {
    String token = newToken();
    founder.membership().invite(offer(token, name, roles));
    founder.membership().admit(token, binding(chain.key(account), keyHash(name)), new byte[0]);
    return client(account);
  }

  @Override
  public void close() {
    List<ChainClient> open = new ArrayList<>(clients.values());
    clients.clear();
    open.forEach(ChainClient::close);
  }
}
