package dev.cairn.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSignatureTest {

  private static final SigningKey KEY = SigningKey.of(Secret.take(new byte[32]));
  private static final RequestTarget PULL =
      RequestTarget.of("GET", "/v1/spaces/00/pull?from=1&hashes=0");
  private static final String NONCE = "abcDEF-_0123";
  private static final String DIGEST = ContentDigest.of(new byte[] {1, 2, 3});

  private static RequestSignature received(RequestSignature sent) throws MalformedException {
    return RequestSignature.parse(sent.inputHeader(), sent.signatureHeader());
  }

  @Test
  void inputHeader_withoutBody_isSpelledAsTheProtocolSays() {
    assertThat(RequestSignature.sign(KEY, PULL, NONCE).inputHeader())
        .isEqualTo(
            "cairn=(\"@method\" \"@path\" \"@query\");nonce=\"abcDEF-_0123\";keyid=\""
                + RawRequest.keyId(KEY)
                + "\";tag=\"cairn\"");
  }

  @Test
  void verifies_sameTarget_true() throws Exception {
    RequestSignature signature = received(RequestSignature.sign(KEY, PULL, NONCE));
    assertThat(signature.verifies(PULL, Optional.empty())).isTrue();
  }

  @Test
  void parse_signedWithBody_keepsDeviceNonceAndCoverage() throws Exception {
    RequestSignature signature = received(RequestSignature.sign(KEY, PULL, NONCE, DIGEST));
    assertThat(signature.nonce()).isEqualTo(NONCE);
    assertThat(signature.device().bytes()).isEqualTo(KEY.verifyingKey().bytes());
    assertThat(signature.coversBody()).isTrue();
  }

  @Test
  void verifies_sameDigest_true() throws Exception {
    RequestSignature signature = received(RequestSignature.sign(KEY, PULL, NONCE, DIGEST));
    assertThat(signature.verifies(PULL, Optional.of(DIGEST))).isTrue();
  }

  @Test
  void verifies_otherDigest_false() throws Exception {
    RequestSignature signature = received(RequestSignature.sign(KEY, PULL, NONCE, DIGEST));
    String other = ContentDigest.of(new byte[] {1, 2, 4});
    assertThat(signature.verifies(PULL, Optional.of(other))).isFalse();
  }

  @Test
  void verifies_digestCoveredButMissing_false() throws Exception {
    RequestSignature signature = received(RequestSignature.sign(KEY, PULL, NONCE, DIGEST));
    assertThat(signature.verifies(PULL, Optional.empty())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/spaces/00/pull?from=2&hashes=0",
        "/v1/spaces/01/pull?from=1&hashes=0",
        "/v1/spaces/00/pull"
      })
  void verifies_otherTarget_false(String target) throws Exception {
    RequestSignature signature = received(RequestSignature.sign(KEY, PULL, NONCE));
    assertThat(signature.verifies(RequestTarget.of("GET", target), Optional.empty())).isFalse();
  }

  @Test
  void verifies_otherMethod_false() throws Exception {
    RequestSignature signature = received(RequestSignature.sign(KEY, PULL, NONCE));
    RequestTarget post = new RequestTarget("POST", PULL.path(), PULL.query());
    assertThat(signature.verifies(post, Optional.empty())).isFalse();
  }

  @Test
  void verifies_otherNonce_false() throws Exception {
    RequestSignature sent = RequestSignature.sign(KEY, PULL, NONCE);
    RequestSignature signature =
        RequestSignature.parse(sent.inputHeader().replace(NONCE, "other"), sent.signatureHeader());
    assertThat(signature.verifies(PULL, Optional.empty())).isFalse();
  }

  @Test
  void verifies_keyOfSmallOrder_false() throws Exception {
    RequestSignature sent = RequestSignature.sign(KEY, PULL, NONCE);
    byte[] point = new byte[32];
    point[0] = 1;
    String smallOrder = RawRequest.keyId(point);
    RequestSignature signature =
        RequestSignature.parse(
            sent.inputHeader().replace(RawRequest.keyId(KEY), smallOrder), sent.signatureHeader());
    assertThat(signature.verifies(PULL, Optional.empty())).isFalse();
  }

  @Test
  void sign_nonceWithQuote_refused() {
    assertThatThrownBy(() -> RequestSignature.sign(KEY, PULL, "a\";keyid=\"b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_nonceOfGreatestLength_taken() throws Exception {
    String nonce = "n".repeat(RequestSignature.NONCE_CHARACTERS_MAX);
    assertThat(received(RequestSignature.sign(KEY, PULL, nonce)).nonce()).isEqualTo(nonce);
  }

  @Test
  void parse_nonceTooLong_refused() {
    RequestSignature sent = RequestSignature.sign(KEY, PULL, NONCE);
    String nonce = "n".repeat(RequestSignature.NONCE_CHARACTERS_MAX + 1);
    assertThatThrownBy(
            () ->
                RequestSignature.parse(
                    sent.inputHeader().replace(NONCE, nonce), sent.signatureHeader()))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cairn=",
        "sig1=(\"@method\" \"@path\" \"@query\");nonce=\"n\"",
        "cairn=(\"@path\" \"@method\" \"@query\");nonce=\"n\";keyid=\"\";tag=\"cairn\"",
        "cairn=(\"@method\" \"@path\" \"@query\");nonce=\"n\";keyid=\"00\";tag=\"cairn\"",
        "cairn=(\"@method\" \"@path\" \"@query\");nonce=\";keyid=\"00\";tag=\"cairn\""
      })
  void parse_otherInputHeader_refused(String header) {
    String signature = RequestSignature.sign(KEY, PULL, NONCE).signatureHeader();
    assertThatThrownBy(() -> RequestSignature.parse(header, signature))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cairn=:",
        "cairn=::",
        "cairn=:!:",
        "cairn=AAAA",
        "cairn=:AAAA:",
        "sig1=:AAAA:"
      })
  void parse_otherSignatureHeader_refused(String header) {
    String input = RequestSignature.sign(KEY, PULL, NONCE).inputHeader();
    assertThatThrownBy(() -> RequestSignature.parse(input, header))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void contentDigest_knownBody_isTheRfcValue() {
    // RFC 9530 appendix B.1: {"hello": "world"} followed by a line feed.
    byte[] body = "{\"hello\": \"world\"}\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(ContentDigest.of(body))
        .isEqualTo("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
  }
}
