package io.swarmstream.site.node.join;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.RotationText;
import io.swarmstream.clients.network.RotationRequest;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.util.HexFormat;

/**
 * Moves a site to another Ethereum account: it keeps its name, its certificate and its places in
 * contracts. The site's node must not run meanwhile, because it signs with the account. Can be
 * repeated when it was interrupted.
 */
public final class AccountRotation {
  private final SiteFolder folder;

  public AccountRotation(SiteFolder folder) {
    this.folder = folder;
  }

  /**
   * Rotates.
   *
   * @return address of the new account
   */
  public String run() throws IOException {
    SiteKey account = folder.account();
    SiteKey next = folder.nextAccount();
    RotationText text;
    try (ChainClient chain =
        ChainClient.reading(folder.requiredSettings().chainOptions(folder.identity().path()))) {
      text = chain.members().rotationText(account.address(), next.address());
    }
    var unused =
        folder
            .network()
            .rotate(
                new RotationRequest(
                    account.address(), next.address(), signed(text, account), signed(text, next)));
    folder.moveToNextAccount(account.address());
    return next.address();
  }

  private static String signed(RotationText text, SiteKey key) {
    return HexFormat.of().formatHex(key.sign(text.digest()));
  }
}
