package dev.cairn.simulation.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.id.DeviceId;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

final class FeedAuditTest {

  private final Findings findings = new Findings();
  private final Account account = Made.account();
  private final ChangeFact session = Made.change(Made.PHONE).make();
  private final ChangeFact first = Made.change(Made.PHONE).after(session).make();
  private final ChangeFact second = Made.change(Made.PHONE).after(first).make();

  private void held(ChangeFact... changes) {
    HolderFact holder = new HolderFact("phone", Made.PHONE, false);
    for (ChangeFact each : changes) {
      holder.add(new HeldFact(each, true, null, ""));
    }
    new FeedAudit(findings, account).judge(holder);
  }

  @Test
  void feed_thatIsWhole_isFine() {
    held(session, first, second);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void feed_withAHole_isFound() {
    held(session, second);
    assertThat(Made.rules(findings)).contains("feed.gap");
  }

  @Test
  void feed_thatSkipsANumber_isFound() {
    held(session, Made.change(Made.PHONE).after(session).sequence(5).make());
    assertThat(Made.rules(findings)).contains("feed.sequence");
  }

  @Test
  void feed_thatContinuesAnothers_isFound() {
    held(session, Made.change(Made.OTHER).after(session).make());
    assertThat(Made.rules(findings)).contains("feed.chain");
  }

  @Test
  void change_ofNoSession_isFound() {
    held(session, Made.change(Made.PHONE).after(session).session(7, 3).make());
    assertThat(Made.rules(findings)).containsExactly("feed.session");
  }

  @Test
  void change_underAKeyUsedBefore_isFound() {
    held(session, first, Made.change(Made.PHONE).after(session).make());
    assertThat(Made.rules(findings)).containsExactly("session.twice");
  }

  @Test
  void session_afterARestart_isFound() {
    account.lifeOfSaying.put(first.id, 0);
    account.lifeOfSaying.put(second.id, 1);
    held(session, first, second);
    assertThat(Made.rules(findings)).containsExactly("session.lives");
  }

  @Test
  void ciphertext_ofNoPaddedSize_isFound() {
    held(session, Made.change(Made.PHONE).after(session).ciphertext(83).make());
    assertThat(Made.rules(findings)).containsExactly("privacy.prefix");
  }

  private byte[] signed(ChangeFact change, byte[] seed) {
    byte[] message = Ed25519Check.toBeSigned(change.payload());
    byte[] signature = new byte[64];
    Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  private void logged(byte[] seed, boolean alters) {
    byte[] key = new byte[32];
    Ed25519.generatePublicKey(seed, 0, key, 0);
    DeviceId device = DeviceId.of(key);
    ChangeFact opening = Made.change(device).make();
    ChangeFact change = Made.change(device).after(opening).make();
    byte[] signature = signed(change, seed);
    signature[40] ^= (byte) (alters ? 1 : 0);
    LedgerFact ledger = new LedgerFact("log", 0, 2);
    ledger.add(new LedgerFact.Leaf(0, opening, null, false, null));
    ledger.add(new LedgerFact.Leaf(1, change, null, true, Signature.of(signature)));
    new FeedAudit(findings, account).judge(ledger);
  }

  @Test
  void run_underOneSignature_isFine() {
    logged(Made.filled(32, 5), false);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void signature_thatDoesNotHold_isFound() {
    logged(Made.filled(32, 5), true);
    assertThat(Made.rules(findings)).containsExactly("feed.signature");
  }

  @Test
  void change_thatNobodySigned_isFound() {
    LedgerFact ledger = Made.ledger(Made.people(), session);
    new FeedAudit(findings, account).judge(ledger);
    assertThat(Made.rules(findings)).containsExactly("feed.unsigned");
  }

  @Test
  void signature_thatOnlyLenientVerifiersTake_isNoneInCourt() {
    HexFormat hex = HexFormat.of();
    byte[] key = hex.parseHex("ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c");
    byte[] message =
        hex.parseHex("522069732073686966746564206279206120706f696e74206f66206f726465722038");
    byte[] signature =
        hex.parseHex(
            "aa6b07b82830d6833f5fd8be45aa6ece9ed1a01cfaeef5fde5fb68142c3e145f"
                + "da30ac2c1c8a4e543ab62cef238e867c5f2f7397c454bc734324af3ff7d25104");
    assertThat(Ed25519Check.holds(key, message, signature)).isTrue();
    assertThat(Ed25519Check.holdsInCourt(key, message, signature)).isFalse();
  }

  @Test
  void signature_ofRfc8032_holdsInCourt() {
    byte[] seed = Made.filled(32, 6);
    byte[] key = new byte[32];
    Ed25519.generatePublicKey(seed, 0, key, 0);
    byte[] message = Ed25519Check.toBeSigned(Arrays.copyOf(key, 9));
    byte[] signature = new byte[64];
    Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
    assertThat(Ed25519Check.holdsInCourt(key, message, signature)).isTrue();
  }
}
