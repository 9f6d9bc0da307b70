package dev.cairn.protocol.invitation;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.cbor.CborFields;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.VerifyingKey;

/**
 * What an operator hands to whoever founds a space: where the server is, its keys, and a code that
 * opens one space. It lies open; whoever has it can found that space, and nothing more.
 *
 * @param address where the server is
 * @param log the log that genesis names
 * @param bundleKey the server's key for bundles
 * @param spaceCode {@link #SPACE_CODE_BYTES} that the server takes once
 * @param expiresSeconds when the code ends, in seconds since 1970-01-01 UTC
 */
public record ServerInvitation(
    ServerAddress address,
    LogKey log,
    EncryptionPublicKey bundleKey,
    Secret spaceCode,
    long expiresSeconds) {

  /** Length of the code, in bytes. */
  public static final int SPACE_CODE_BYTES = 16;

  private static final FirstLine LINE =
      new FirstLine("server invitation", "CAIRN-SERVER-INVITATION");

  /** Refuses a code of another length. */
  public ServerInvitation {
    if (spaceCode.sizeBytes() != SPACE_CODE_BYTES || expiresSeconds < 0) {
      throw new IllegalArgumentException("no server invitation");
    }
  }

  /** The file. */
  public byte[] encode() {
    CborWriter writer = new CborWriter().map(address.pin().isPresent() ? 7 : 6);
    writer.uint(1).text(address.text());
    address.pin().ifPresent(pin -> writer.uint(2).bytes(pin.bytes()));
    writer.uint(3).text(log.origin().text());
    writer.uint(4).bytes(log.key().bytes());
    writer.uint(5).bytes(bundleKey.bytes());
    writer.uint(6).bytes(spaceCode.expose());
    writer.uint(7).uint(expiresSeconds);
    return LINE.before(writer.toBytes());
  }

  /**
   * Reads a file.
   *
   * @throws MalformedException if it is no server invitation
   * @throws TooNewException if it is one of a later version
   */
  public static ServerInvitation decode(byte[] file) throws MalformedException, TooNewException {
    CborReader reader = CborReader.of(LINE.after(file));
    CborFields fields = new CborFields(reader, "server invitation", 7);
    String text = fields.value(1).text(Limits.ADDRESS_SIZE_BYTES_MAX);
    Digest pin = fields.has(2) ? Digest.of(reader.bytesExactly(Digest.SIZE_BYTES)) : null;
    LogOrigin origin = LogOrigin.parse(fields.value(3).text(Limits.LOG_ORIGIN_CHARS_MAX));
    VerifyingKey logKey = VerifyingKey.of(fields.value(4).bytesExactly(VerifyingKey.SIZE_BYTES));
    EncryptionPublicKey bundleKey =
        EncryptionPublicKey.of(fields.value(5).bytesExactly(EncryptionPublicKey.SIZE_BYTES));
    Secret code = Secret.take(fields.value(6).bytesExactly(SPACE_CODE_BYTES));
    long expires = fields.value(7).uint();
    fields.end();
    reader.end();
    return new ServerInvitation(
        ServerAddress.stated(text, pin), new LogKey(origin, logKey), bundleKey, code, expires);
  }

  /**
   * Whether it has expired, by somebody's clock.
   *
   * @param nowSeconds seconds since 1970-01-01 UTC
   */
  public boolean isExpired(long nowSeconds) {
    return nowSeconds >= expiresSeconds;
  }
}
