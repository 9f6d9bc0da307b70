package dev.cairn.simulation.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustAndPrivacyTest {

  private final Findings findings = new Findings();
  private final Account account = Made.account();
  private final PrivacyAudit privacy = new PrivacyAudit(findings, Auditor.CANARY);

  private void judge() {
    TrustAudit.judge(findings, account, List.of());
  }

  @Test
  void honestServer_thatIsAccused_isFound() {
    account.accusations.put(Made.PHONE, "server.lies");
    judge();
    assertThat(Made.rules(findings)).containsExactly("trust.accused");
  }

  @Test
  void honestServer_thatWasPutBackAndIsAccused_isFound() {
    account.restores.add(Made.restore(0, 1));
    account.accusations.put(Made.PHONE, "server.lies");
    judge();
    assertThat(Made.rules(findings)).containsExactly("trust.branded");
  }

  @Test
  void lyingServer_thatIsAccused_isFine() {
    account.lies.add("fork");
    account.met.add(Made.PHONE);
    account.accusations.put(Made.PHONE, "server.lies");
    judge();
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void lie_thatMetSomebodyUnseen_isFound() {
    account.lies.add("fork");
    account.met.add(Made.PHONE);
    judge();
    assertThat(Made.rules(findings)).containsExactly("trust.uncaught");
  }

  @Test
  void shorterLog_thatWasTakenForTheWholeOne_isFound() {
    account.syncedWithLess.add(Made.PHONE);
    judge();
    assertThat(Made.rules(findings)).containsExactly("trust.shorter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a canary-7", "xcanary", "canary"})
  void word_inWhatAServerHears_isFound(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    for (byte[] form :
        List.of(
            utf8,
            text.getBytes(StandardCharsets.UTF_16LE),
            text.getBytes(StandardCharsets.UTF_16BE),
            HexFormat.of().formatHex(utf8).getBytes(StandardCharsets.US_ASCII),
            Base64.getEncoder().encode(utf8))) {
      Findings each = new Findings();
      new PrivacyAudit(each, Auditor.CANARY).heard(form);
      assertThat(Made.rules(each)).containsExactly("privacy.word");
    }
  }

  @Test
  void otherBytes_areFine() {
    privacy.heard(Made.filled(5000, 'c'));
    privacy.carried(Made.filled(5000, 'c'), List.of(Made.PHONE.bytes()));
    privacy.overheard(Made.filled(5000, 'c'), List.of(Made.PHONE.bytes()));
    privacy.records(List.of(RecordId.of(Made.filled(16, 5))), new byte[4000]);
    assertThat(findings.all()).isEmpty();
  }

  @Test
  void bundle_thatNamesADevice_isFound() {
    privacy.carried(Made.filled(64, 3), List.of(Made.PHONE.bytes()));
    assertThat(Made.rules(findings)).containsExactly("privacy.bundle");
  }

  @Test
  void meeting_thatNamesADevice_isFound() {
    privacy.overheard(Made.filled(64, 3), List.of(Made.PHONE.bytes()));
    assertThat(Made.rules(findings)).containsExactly("privacy.meeting");
  }

  @Test
  void record_thatAServerKnows_isFound() {
    privacy.records(List.of(RecordId.of(Made.filled(16, 5))), Made.filled(64, 5));
    assertThat(Made.rules(findings)).containsExactly("privacy.record");
  }

  @Test
  void digests_ofTheSameChanges_mustBeTheSame() {
    HolderFact one = new HolderFact("one", Made.DESK, true);
    HolderFact other = new HolderFact("other", Made.OWNER, true);
    CircleId circle = Made.CIRCLE;
    one.digests.put(circle, "a");
    other.digests.put(circle, "a");
    new AgreementAudit(findings).judge(List.of(one, other));
    assertThat(findings.all()).isEmpty();
    other.digests.put(circle, "b");
    new AgreementAudit(findings).judge(List.of(one, other));
    assertThat(Made.rules(findings)).containsExactly("agree.digest");
  }

  @Test
  void digests_ofOtherChanges_mayDiffer() {
    HolderFact one = new HolderFact("one", Made.DESK, true);
    HolderFact other = new HolderFact("other", Made.OWNER, true);
    other.add(new HeldFact(Made.change(Made.PHONE).make(), false, null, "SESSION"));
    one.digests.put(Made.CIRCLE, "a");
    other.digests.put(Made.CIRCLE, "b");
    new AgreementAudit(findings).judge(List.of(one, other));
    assertThat(findings.all()).isEmpty();
  }
}
