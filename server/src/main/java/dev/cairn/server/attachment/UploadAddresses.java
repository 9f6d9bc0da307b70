package dev.cairn.server.attachment;

import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.server.identity.MacKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Addresses on which any tus client can upload without signing: encrypted and authenticated by a
 * key only this server has, so that nobody can make one, read an id in one, or stretch its time.
 * Nothing is stored; they outlive a restart.
 */
public final class UploadAddresses {

  private static final String LABEL = "cairn/1/upload-address";
  private static final byte[] NO_AAD = {};
  private static final int ID_BYTES = 32;
  private static final int PLAIN_BYTES = 3 * ID_BYTES + 2 * Long.BYTES;

  private final Secret key;
  private final Randomness randomness;

  /** Addresses under a key of the server. */
  public UploadAddresses(MacKey macKey, Randomness randomness) {
    this.key = Secret.take(macKey.mac(LABEL, new byte[0]));
    this.randomness = randomness;
  }

  /** The last part of an address, in base64url. */
  public String token(Upload upload) {
    byte[] plain =
        ByteBuffer.allocate(PLAIN_BYTES)
            .put(upload.space().bytes())
            .put(upload.id().bytes())
            .put(upload.device().bytes())
            .putLong(upload.sizeBytes())
            .putLong(upload.expiresSeconds())
            .array();
    byte[] nonce = randomness.bytes(Aead.NONCE_BYTES);
    byte[] sealed = Aead.seal(key, nonce, NO_AAD, plain);
    byte[] whole = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /** What a token stands for; empty if this server did not make it. Expiry is for the caller. */
  public Optional<Upload> upload(String token) {
    byte[] whole;
    try {
      whole = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (whole.length != Aead.NONCE_BYTES + PLAIN_BYTES + Aead.TAG_BYTES) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(whole, Aead.NONCE_BYTES);
    byte[] sealed = Arrays.copyOfRange(whole, Aead.NONCE_BYTES, whole.length);
    try {
      ByteBuffer plain = ByteBuffer.wrap(Aead.open(key, nonce, NO_AAD, sealed));
      SpaceId space = SpaceId.of(id(plain));
      AttachmentId attachment = AttachmentId.of(id(plain));
      DeviceId device = DeviceId.of(id(plain));
      return Optional.of(new Upload(space, attachment, device, plain.getLong(), plain.getLong()));
    } catch (UndecryptableException e) {
      return Optional.empty();
    }
  }

  private static byte[] id(ByteBuffer in) {
    byte[] bytes = new byte[ID_BYTES];
    in.get(bytes);
    return bytes;
  }
}
