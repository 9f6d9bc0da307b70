package dev.cairn.fuzzing;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys and names that the vectors were made with, and one chance that is always the same. */
final class Known {

  static final SpaceId SPACE_OF_FRAMES =
      SpaceId.of(hex("262de61b5e0ddfd299807ab7498851ef366739d41d3c1793ad7d7fc91854837c"));
  static final SpaceId SPACE_OF_ROSTER =
      SpaceId.of(hex("9d216e88407866245c15c5046eff8696e1808b0f366314dbc71b5516a81f382e"));
  static final SpaceId SPACE_OF_PARCELS = SpaceId.of(filled(0x22, 32));

  static final LogKey LOG =
      log("log.example/1", "a85d2a2ecc6d72bf98d0d5d646a8b4398cf805479d94fc276105309d36a881ae");

  /** The log of whose key the seed is known, so that anything can be signed with it. */
  static final SigningKey LOG_SIGNER = signer(filled(0x55, 32));

  /** The device that wrote the change of the vectors. */
  static final SigningKey AUTHOR = signer(filled(0x11, 32));

  static final SigningKey OTHER_AUTHOR = signer(filled(0x12, 32));

  static final List<EncryptionKey> PARCEL_KEYS =
      List.of(encryption(filled(2, 32)), encryption(filled(3, 32)), encryption(filled(1, 32)));

  private static final String[] PEOPLE = {
    "6f7c76953ebccf577469c13049656f2d1d4cac9b3b4205b4af2e9e758f530dd8",
    "89f2dcc7dcffe294b4d7604eb7dad2c64fac4d3b144781615c6266ef3e49c585",
    "70ca6f276bef18c811f0c0fa96bf68c1cc49c477339d916b57bf0caa0ebfd37b",
    "0a096b11cf2edb5f85aca3d2083389891293625720abb37708f5b3bc2c25ac4f",
    "89129c1fe56ccd3b280f91f7b28f0b35645e66488810a6e6186e77d58ebb9aa6",
    "5eb925c0c9c9008854d269507a2317f14194a33958b272007191b61467a97fec",
    "ab04f4cebd9b5be9dfb68290a85bd3610759bf11dcd75991c4f0a53d2dfe23f0"
  };

  static final EncryptionKey OWNER_OPENS =
      encryption(hex("d580ea687f5a2d4d7c9f058a65037a7733561b560d3189287dc0f328397adaab"));
  static final DeviceId OWNER =
      DeviceId.of(hex("5703375c0ee06bde1aebc45d952a684906b0a7e614278c3922baf2a39ff0d43b"));

  /** Who signs the statements of the vectors, by what they sign as. */
  static final Map<DeviceId, SigningKey> SIGNERS = signers();

  /** Never chance: what a target does has to depend on its input alone. */
  static final Randomness CHANCE = bytes -> Arrays.fill(bytes, (byte) 0x5a);

  private Known() {}

  static byte[] filled(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  static byte[] hex(String text) {
    try {
      return Hex.decode(text);
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  static SigningKey signer(byte[] seed) {
    return SigningKey.of(Secret.copyOf(seed));
  }

  static EncryptionKey encryption(byte[] seed) {
    return EncryptionKey.of(Secret.copyOf(seed));
  }

  private static LogKey log(String origin, String key) {
    try {
      return new LogKey(LogOrigin.parse(origin), VerifyingKey.of(hex(key)));
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<DeviceId, SigningKey> signers() {
    Map<DeviceId, SigningKey> signers = new LinkedHashMap<>();
    for (String seed : PEOPLE) {
      SigningKey key = signer(hex(seed));
      signers.put(DeviceId.of(key.verifyingKey().bytes()), key);
    }
    return signers;
  }
}
