package dev.cairn.server;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.server.directory.PrivateFiles;
import dev.cairn.server.directory.ServerDirectory;
import dev.cairn.server.identity.LogKeys;
import dev.cairn.server.identity.ServerIdentity;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerStore;
import dev.cairn.server.ledger.LedgerTransaction;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.StoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * Writes the file an owner creates the first space with. Each invitation has a log of its own: two
 * spaces never share one.
 */
final class SpaceInvitations {

  private static final long VALID_SECONDS = 24 * 60 * 60L;

  private final ServerDirectory directory;
  private final ServerIdentity identity;
  private final LedgerStore store;
  private final Clock clock;
  private final SecureRandom random;

  SpaceInvitations(
      ServerDirectory directory,
      ServerIdentity identity,
      LedgerStore store,
      Clock clock,
      SecureRandom random) {
    this.directory = directory;
    this.identity = identity;
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  /** Writes an invitation if there is no space yet and none that is still good. */
  void issueIfNeeded(String address, boolean pinned) throws IOException, StoreException {
    try (LedgerView view = store.view()) {
      if (!view.spaces().isEmpty() || stillGood(address)) {
        return;
      }
    }
    issue(address, pinned);
  }

  /** Whether the file at hand can be used, for a while, at this address. */
  private boolean stillGood(String address) throws IOException {
    Path file = directory.serverInvitation();
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try {
      ServerInvitation found = ServerInvitation.decode(Files.readAllBytes(file));
      return !found.isExpired(nowSeconds()) && found.address().text().equals(address);
    } catch (MalformedException | TooNewException e) {
      return false;
    }
  }

  private void issue(String address, boolean pinned) throws IOException, StoreException {
    String host = URI.create(address).getHost();
    LogOrigin origin = identity.newLog(host == null ? "cairn" : host);
    LogKey log = new LogKeys(identity).logKey(origin);
    Secret code = Secret.take(new byte[ServerInvitation.SPACE_CODE_BYTES]);
    random.nextBytes(code.expose());
    long expiresSeconds = nowSeconds() + VALID_SECONDS;
    // First the code, then the file: a file whose code is not known would be of no use.
    try (LedgerTransaction transaction = store.begin()) {
      transaction.addCode(Ledger.codeHash(code), new LedgerView.SpaceCode(origin, expiresSeconds));
      transaction.commit();
    }
    ServerInvitation invitation =
        new ServerInvitation(
            new ServerAddress(address, pinned ? identity.tls().pin() : null),
            log,
            identity.bundleKey().publicKey(),
            code,
            expiresSeconds);
    PrivateFiles.write(directory.serverInvitation(), invitation.encode());
  }

  private long nowSeconds() {
    return clock.instant().getEpochSecond();
  }
}
