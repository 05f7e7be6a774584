package io.swarmstream.site.node.join;

import io.swarmstream.clients.chain.BindingText;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.network.ApiRefusalException;
import io.swarmstream.clients.network.BindingRequest;
import io.swarmstream.clients.network.CertificateAnswer;
import io.swarmstream.clients.network.CertificateOrder;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.PendingKey;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Gives a site another certificate key, while its node runs. The complete new identity is in the
 * folder {@code identity.next} before the chain learns of it, so that a rotation that was
 * interrupted can be repeated.
 */
public final class KeyRotation {
  private final SiteFolder folder;
  private final Optional<Identity> brought;

  /**
   * A rotation.
   *
   * @param brought the new key with its certificate; empty: a key is made here, and the network
   *     node certifies it
   */
  public KeyRotation(SiteFolder folder, Optional<Identity> brought) {
    this.folder = folder;
    this.brought = brought;
  }

  /**
   * Rotates.
   *
   * @return hash of the new key
   */
  public String run() throws IOException {
    IdentityFolder next = IdentityFolder.at(folder.path().resolve("identity.next"));
    if (!next.exists()) {
      next.write(brought.isPresent() ? withOurAuthorities(brought.get()) : ordered());
    }
    Identity identity = next.readValid();
    if (!isBound(next)) {
      bind(identity);
    }
    folder.identity().write(identity);
    folder.pendingKey(folder.requiredSettings().name()).delete();
    delete(next.path());
    return identity.keyHash();
  }

  private Identity withOurAuthorities(Identity identity) {
    return identity.withAuthorities(
        Authorities.combine(
            List.of(folder.identity().read().authorities(), identity.authorities())));
  }

  private Identity ordered() throws IOException {
    if (!folder.requiredSettings().isCertified()) {
      throw new IllegalStateException(
          "the certificate of this site is its own organisation's; have it issue one for another"
              + " key, and give both with --cert, --key and --cacert");
    }
    PendingKey key = folder.pendingKey(folder.requiredSettings().name());
    CertificateAnswer answer = folder.network().renew(new CertificateOrder(key.request().pem()));
    return key.with(
        Authorities.ofPem(answer.certificate(), "answer"),
        Authorities.combine(
            List.of(
                Joining.authorities(answer.authorities(), "answer"),
                folder.identity().read().authorities())));
  }

  /** Whether the chain has the new key already, because an earlier rotation was interrupted. */
  private boolean isBound(IdentityFolder next) throws IOException {
    try {
      NetworkClient asNext =
          new NetworkClient(folder.requiredSettings().nodeUrls(), ReloadingTls.of(next));
      return asNext.me().account().equals(folder.account().address());
    } catch (ApiRefusalException e) {
      if (e.code().equals("unknown-key")) {
        return false;
      }
      throw e;
    }
  }

  private void bind(Identity identity) throws IOException {
    SiteKey account = folder.account();
    String spiffeId = identity.spiffeId().orElse(null);
    try (ChainClient chain =
        ChainClient.reading(folder.requiredSettings().chainOptions(folder.identity().path()))) {
      BindingText text =
          chain
              .members()
              .bindingText(
                  account.address(),
                  spiffeId == null ? identity.keyHash() : "",
                  spiffeId == null ? "" : spiffeId);
      var unused =
          folder
              .network()
              .bind(
                  new BindingRequest(
                      account.address(),
                      identity.keyHash(),
                      spiffeId,
                      text.signedBy(account).signature()));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
