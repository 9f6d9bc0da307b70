package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.limits.Limits;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a device is told that does not know how much of its push arrived. */
class FeedQuestionTest extends ServerFixture {

  private List<Entry> ask(TestDevice by, ChangeId from) throws Exception {
    return TestClient.read(space.id, client.get(space, by.key, "receipts?from=" + from));
  }

  private List<Long> told(TestDevice by, List<Change> expected) throws Exception {
    List<Entry> answer = ask(by, expected.get(0).id());
    return new ReceiptChecker(space, answer, leaves(expected)).positions;
  }

  @Test
  void receipts_fromTheFirstChange_proveTheWholeFeed() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one", "two", "three");
    List<Long> positions = push(reporter, changes).positions;
    assertThat(told(reporter, changes)).isEqualTo(positions);
  }

  @Test
  void receipts_fromALaterChange_proveWhatFollows() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "one", "two", "three");
    List<Long> positions = push(reporter, changes).positions;
    assertThat(told(reporter, changes.subList(2, 4))).isEqualTo(positions.subList(2, 4));
  }

  @Test
  void receipts_ofChangesWithOthersBetween_proveEachRun() throws Exception {
    TestDevice other = coordinator();
    List<Change> first = reporter.notes(space.roster(), "one");
    push(reporter, first);
    push(other, other.notes(space.roster(), "between"));
    List<Change> second = reporter.notes(space.roster(), "two");
    push(reporter, second);
    first.addAll(second);
    assertThat(told(reporter, first)).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void receipts_ofMoreThanOneAnswerTells_areOfTheFirst() throws Exception {
    int most = Limits.FEED_RECEIPTS_MAX;
    List<Change> changes = new ArrayList<>();
    while (changes.size() <= most) {
      changes.addAll(reporter.notes(space.roster(), "note"));
    }
    List<Change> feed = changes.subList(0, most + 1);
    List<Long> positions = push(reporter, feed).positions;
    assertThat(told(reporter, feed.subList(0, most))).isEqualTo(positions.subList(0, most));
    assertThat(told(reporter, feed.subList(1, most + 1))).isEqualTo(positions.subList(1, most + 1));
  }

  @Test
  void receipts_fromAChangeNotHeld_areNone() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "never sent");
    assertThat(ask(reporter, changes.get(0).id())).isEmpty();
  }

  @Test
  void receipts_fromAnotherDevicesChange_areNone() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "mine");
    push(reporter, changes);
    assertThat(ask(space.owner, changes.get(0).id())).isEmpty();
  }

  @Test
  void receipts_toADeviceNotAdmitted_areNone() throws Exception {
    assertThat(ask(new TestDevice(space.randomness), ChangeId.of(new byte[32]))).isEmpty();
  }

  @Test
  void receipts_ofAForkedFeed_endWhereItForks() throws Exception {
    List<Change> before = reporter.notes(space.roster(), "before");
    List<Change> first = reporter.notes(space.roster(), "first branch");
    push(reporter, before, first);
    reporter.restoreTo(space.id, before);
    List<Change> second = reporter.notes(space.roster(), "second branch");
    push(reporter, second);
    assertThat(told(reporter, before)).hasSize(before.size());
    assertThat(told(reporter, second)).hasSize(second.size());
  }

  @Test
  void receipts_fromNothing_malformed() throws Exception {
    HttpResponse<byte[]> response = client.get(space, reporter.key, "receipts?from=12");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(code(response)).isEqualTo("request.malformed");
  }

  @Test
  void receipts_askedByOneWhoHasSeenMore_behind() throws Exception {
    String tail = "receipts?from=" + ChangeId.of(new byte[32]) + "&seen=0.1000";
    assertThat(code(client.get(space, reporter.key, tail))).isEqualTo("log.behind");
  }
}
