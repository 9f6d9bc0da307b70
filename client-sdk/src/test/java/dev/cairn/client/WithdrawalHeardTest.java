package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.report.WithdrawnChange;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.record.ReviewState;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reporter's device learns of withdrawals, and lets go. */
class WithdrawalHeardTest {

  @TempDir private Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;
  private RecordId record;
  private ChangeId first;
  private List<CircleId> both;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 6);
    desk = space.owner("desk");
    phone = space.join(desk, "phone", Role.REPORTER, SealMode.NEVER);
    record = phone.record(TestSpace.note("a name"));
    first = phone.show(record).changeIds().get(0);
    space.sync(phone);
    space.sync(desk);
    both = List.of(desk.roster().desk().orElseThrow(), Circles.device(phone.profile().device()));
  }

  @AfterEach
  void end() {
    space.close();
  }

  private WriteRequest saying(Operation operation) {
    return WriteRequest.to(record, RecordKind.INCIDENT.code(), List.of(first), List.of(operation))
        .circles(both);
  }

  private ChangeId tell(Operation operation) throws Exception {
    ChangeId change = desk.write(saying(operation));
    space.sync(desk);
    space.sync(phone);
    return change;
  }

  private ChangeId erase(ChangeId erased, Device author) throws Exception {
    ChangeId erasure =
        desk.write(
            saying(
                    new Operation.Erase(
                        erased, author.profile().device(), false, List.of(), List.of(), "asked"))
                .erasing(erased));
    space.sync(desk);
    space.sync(phone);
    return erasure;
  }

  private ReportState state() throws Exception {
    return phone.list().get(0).state();
  }

  @Test
  void ownChange_withdrawn_isGoneHereToo_andSaidSo() throws Exception {
    assertThat(phone.show(record).changes().get(0).operations())
        .containsExactly(new Operation.Note("a name"));
    assertThat(phone.list().get(0).withdrawn()).isZero();
    ChangeId erasure = erase(first, phone);

    assertThat(phone.show(record).changes()).isEmpty();
    assertThat(phone.list().get(0).withdrawn()).isEqualTo(1);
    WithdrawnChange told = phone.show(record).withdrawals().get(0);
    assertThat(told.id()).isEqualTo(erasure);
    assertThat(told.change()).isEqualTo(first);
    assertThat(told.reason()).isEqualTo("asked");
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @Test
  void withdrawal_dismissed_staysInTheCount() throws Exception {
    erase(first, phone);
    phone.dismiss(record);

    assertThat(phone.show(record).withdrawals()).isEmpty();
    assertThat(phone.list().get(0).withdrawn()).isEqualTo(1);
  }

  @Test
  void question_withdrawn_isNeitherShownNorWaitedFor() throws Exception {
    ChangeId question = tell(new Operation.Ask("was it your neighbour?"));
    assertThat(state()).isEqualTo(ReportState.SENT_BACK);
    erase(question, desk);

    assertThat(phone.show(record).questions()).isEmpty();
    assertThat(state()).isNotEqualTo(ReportState.SENT_BACK);
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @Test
  void review_withdrawn_isNoReview() throws Exception {
    ChangeId review = tell(new Operation.Review(ReviewState.REVIEWED));
    assertThat(state()).isEqualTo(ReportState.REVIEWED);
    erase(review, desk);

    assertThat(state()).isNotEqualTo(ReportState.REVIEWED);
  }

  /** What it was sent is withdrawn from everybody else all the same. */
  @Test
  void question_toADeviceThatWasCutOffSince_canBeWithdrawn() throws Exception {
    ChangeId question = tell(new Operation.Ask("was it your neighbour?"));
    desk.suspend(phone.profile().device());
    space.sync(desk);
    desk.write(
        saying(
                new Operation.Erase(
                    question, desk.profile().device(), false, List.of(), List.of(), "asked"))
            .erasing(question));

    assertThat(space.sync(desk).refused()).isEmpty();
    assertThat(TestSpace.held(desk))
        .filteredOn(held -> held.change().id().equals(question))
        .allMatch(held -> !held.change().ciphertext().isPresent());
  }

  /** An erasure cannot be erased: the reporter goes on being told. */
  @Test
  void withdrawal_saidToBeWithdrawn_isToldAllTheSame() throws Exception {
    ChangeId erasure = erase(first, phone);
    erase(erasure, desk);

    assertThat(phone.show(record).withdrawals()).extracting(WithdrawnChange::id).contains(erasure);
  }
}
