package dev.cairn.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.suite.Ed25519;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** RFC 9421 appendix B.2.6, with the key of appendix B.1.4. */
class SignatureBaseTest {

  private static final String KEY_INFO =
      "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=";
  private static final String SIGNATURE =
      "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";
  private static final String PARAMETERS =
      "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
          + ";created=1618884473;keyid=\"test-key-ed25519\"";

  private static VerifyingKey key() throws Exception {
    byte[] info = Base64.getDecoder().decode(KEY_INFO);
    return VerifyingKey.of(Arrays.copyOfRange(info, info.length - 32, info.length));
  }

  private static byte[] base(String method) {
    return new SignatureBase()
        .component("date", "Tue, 20 Apr 2021 02:07:55 GMT")
        .component("@method", method)
        .component("@path", "/foo")
        .component("@authority", "example.com")
        .component("content-type", "application/json")
        .component("content-length", "18")
        .parameters(PARAMETERS);
  }

  @Test
  void base_rfcVector_verifies() throws Exception {
    assertThat(Ed25519.verify(key(), base("POST"), Base64.getDecoder().decode(SIGNATURE))).isTrue();
  }

  @Test
  void base_rfcVectorWithOtherMethod_doesNotVerify() throws Exception {
    assertThat(Ed25519.verify(key(), base("PUT"), Base64.getDecoder().decode(SIGNATURE))).isFalse();
  }

  @Test
  void component_lineBreakInValue_refused() {
    SignatureBase base = new SignatureBase();
    assertThatThrownBy(() -> base.component("@path", "/a\n\"@method\": GET"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
