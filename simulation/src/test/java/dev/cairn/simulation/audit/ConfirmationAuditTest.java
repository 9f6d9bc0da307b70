package dev.cairn.simulation.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConfirmationAuditTest {

  private static final RecordId RECORD = RecordId.of(Made.filled(16, 70));
  private static final long NOTICE = 6;

  private final Findings findings = new Findings();
  private final HolderFact desk = new HolderFact("desk", Made.DESK, true);
  private final ChangeFact session = Made.change(Made.PHONE).make();
  private final ChangeFact report = Made.change(Made.PHONE).after(session).make();
  private final ChangeFact more = Made.change(Made.PHONE).after(report).make();

  @BeforeEach
  void holdsTheFeed() {
    hold(session, null, "SESSION");
    hold(report, new Operation.Note("n"), "");
    hold(more, new Operation.Note("m"), "");
  }

  private void hold(
      ChangeFact change, @org.jspecify.annotations.Nullable Operation said, String why) {
    SpokenFact spoken =
        said == null ? null : new SpokenFact(RECORD, true, NOTICE, Set.of(), 1, List.of(said));
    HeldFact held = new HeldFact(change, !change.opensSession(), spoken, why);
    desk.held.put(change.id, held);
    desk.order.removeIf(each -> each.change().equals(change));
    desk.order.add(held);
  }

  private void says(ChangeFact head, ChangeId... unopened) {
    ChangeFact word = Made.change(Made.DESK).sequence(2).session(8, 0).make();
    hold(word, new Operation.Confirm(Made.PHONE, head.sequence, head.id, List.of(unopened)), "");
  }

  private List<String> found() {
    new ConfirmationAudit(findings).judge(List.of(desk));
    return Made.rules(findings);
  }

  @Test
  void word_aboutWhatIsOpen_isFine() {
    says(more);
    assertThat(found()).isEmpty();
  }

  @Test
  void word_aboutAChangeThatIsNotOpen_isFound() {
    hold(more, null, "NO_KEY");
    says(more);
    assertThat(found()).containsExactly("confirmed.unread");
  }

  @Test
  void word_whoseHeadContinuesWhatIsNotOpen_isFound() {
    hold(report, null, "NO_KEY");
    says(more);
    assertThat(found()).containsExactly("confirmed.unread");
  }

  @Test
  void word_thatListsWhatIsNotOpen_isFine() {
    hold(report, null, "NO_KEY");
    says(more, report.id);
    assertThat(found()).isEmpty();
  }

  @Test
  void word_aboutWhatComesBeforeWhatIsNotOpen_isFine() {
    hold(more, null, "NO_KEY");
    says(report);
    assertThat(found()).isEmpty();
  }

  @Test
  void word_aboutABodyThatWasWithdrawn_isFine() {
    desk.held.put(report.id, new HeldFact(report, false, null, "NO_BODY"));
    says(more);
    assertThat(found()).isEmpty();
  }

  @Test
  void word_ofSomebodyElse_isNotThisDesks() {
    hold(more, null, "NO_KEY");
    ChangeFact word = Made.change(Made.OWNER).sequence(2).session(8, 0).make();
    hold(word, new Operation.Confirm(Made.PHONE, more.sequence, more.id, List.of()), "");
    assertThat(found()).isEmpty();
  }
}
