package dev.cairn.server.request;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.SpaceSnapshot;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who makes a request and whether he may. Before the signature holds, a request costs one
 * MAC and one signature check, and nothing of its body is read. For many threads.
 */
public final class Authority {

  private final Ledger ledger;
  private final Nonces nonces;

  /** For the spaces of one ledger. */
  public Authority(Ledger ledger, Nonces nonces) {
    this.ledger = ledger;
    this.nonces = nonces;
  }

  /**
   * The space a path names.
   *
   * @param id the space's id in hex
   */
  public SpaceSnapshot space(@Nullable String id) {
    try {
      return ledger
          .snapshot(SpaceId.parse(id == null ? "" : id))
          .orElseThrow(() -> new ProblemException(Problem.SPACE_UNKNOWN));
    } catch (MalformedException e) {
      throw new ProblemException(Problem.SPACE_UNKNOWN);
    }
  }

  /**
   * What a request claims by its head; so far nothing dear was done.
   *
   * @param space the id in its path
   * @param uri path and query as they were written
   * @param header the value of a header, null where there is none
   */
  public Claim claim(
      @Nullable String space,
      String method,
      String uri,
      Function<String, @Nullable String> header) {
    SpaceSnapshot snapshot = space(space);
    String input = header.apply(HttpNames.SIGNATURE_INPUT);
    String value = header.apply(HttpNames.SIGNATURE);
    if (input == null || value == null) {
      throw new ProblemException(Problem.SIGNATURE_MISSING);
    }
    RequestSignature signature;
    try {
      signature = RequestSignature.parse(input, value);
    } catch (MalformedException e) {
      throw new ProblemException(Problem.SIGNATURE_MALFORMED);
    }
    if (!nonces.accepts(signature.nonce())) {
      throw new ProblemException(Problem.NONCE_STALE);
    }
    Optional<String> digest = Optional.ofNullable(header.apply(HttpNames.CONTENT_DIGEST));
    return new Claim(snapshot, signature, RequestTarget.of(method, uri), digest);
  }

  /** A request whose signature was not checked yet. */
  public static final class Claim {
    private final SpaceSnapshot snapshot;
    private final RequestSignature signature;
    private final RequestTarget target;
    private final Optional<String> digest;

    private Claim(
        SpaceSnapshot snapshot,
        RequestSignature signature,
        RequestTarget target,
        Optional<String> digest) {
      this.snapshot = snapshot;
      this.signature = signature;
      this.target = target;
      this.digest = digest;
    }

    /** The device that signed, in the space or not; costs one signature check. */
    public Caller device() {
      if (!signature.verifies(target, digest)) {
        throw new ProblemException(Problem.SIGNATURE_INVALID);
      }
      DeviceId device = signature.device();
      if (snapshot.roster().isSuspended(device)) {
        throw new ProblemException(Problem.DEVICE_SUSPENDED);
      }
      // The recovery key reads like a device: who has it must see the roster before he can mend it.
      boolean isRecovery =
          snapshot.roster().recovery().map(keys -> keys.signKey().equals(device)).orElse(false);
      boolean isIn = isRecovery || snapshot.roster().device(device).isPresent();
      return new Caller(snapshot, device, isIn);
    }
  }
}
