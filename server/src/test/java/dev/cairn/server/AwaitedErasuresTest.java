package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Changes whose body is gone and whose erasure comes behind them wait for it at the server. */
class AwaitedErasuresTest extends ServerFixture {

  private static List<Change> bare(List<Change> changes) {
    List<Change> bare = new ArrayList<>();
    changes.forEach(each -> bare.add(each.opensSession() ? each : each.withoutCiphertext()));
    return bare;
  }

  @Test
  void push_bodyLeftOutAndErasureBehindIt_takenTogether() throws Exception {
    List<Change> words = space.owner.notes(space.roster(), "one");
    List<Change> between = space.owner.notes(space.roster(), "two", "three");
    List<Change> erasure = space.owner.erasing(space.roster(), words.get(1).id());
    assertThat(refused(space.owner, bare(words), between)).containsOnly("change.body-awaited");
    assertThat(changes(client.pull(space, space.owner.key, ""))).isEmpty();
    assertThat(refused(space.owner, erasure)).containsExactly("change.body-awaited");
    List<Change> pulled = changes(client.pull(space, space.owner.key, ""));
    assertThat(pulled).hasSize(words.size() + between.size() + erasure.size());
    assertThat(pulled.get(1).ciphertext()).isEmpty();
    assertThat(pulled.get(2).ciphertext()).isPresent();
  }

  @Test
  void push_bodyLeftOutAndAnotherFeedErasesIt_takenWithTheErasure() throws Exception {
    List<Change> words = reporter.notes(space.roster(), "one");
    assertThat(refused(reporter, bare(words))).containsExactly("change.body-awaited");
    List<Change> erasure = space.owner.erasing(space.roster(), words.get(1).id());
    push(space.owner, erasure);
    assertThat(changes(client.pull(space, space.owner.key, "")))
        .hasSize(words.size() + erasure.size());
  }

  @Test
  void push_bodyLeftOutAfterARestart_waitsNoLonger() throws Exception {
    List<Change> words = space.owner.notes(space.roster(), "one");
    refused(space.owner, bare(words));
    server.restart();
    List<Change> erasure = space.owner.erasing(space.roster(), words.get(1).id());
    assertThat(refused(space.owner, erasure)).containsExactly("feed.gap");
    assertThat(refused(space.owner, bare(words), erasure)).containsOnly("change.body-awaited");
    assertThat(push(space.owner, bare(words), erasure).positions).hasSize(3);
  }

  @Test
  void push_bodyLeftOutAndErasureByAReporter_notTaken() throws Exception {
    List<Change> words = reporter.notes(space.roster(), "one");
    List<Change> erasure = reporter.erasing(space.roster(), words.get(1).id());
    assertThat(refused(reporter, bare(words), erasure)).containsOnly("change.body-awaited");
    assertThat(changes(client.pull(space, space.owner.key, ""))).isEmpty();
  }

  @Test
  void push_twoBodiesLeftOutAndOneErased_notTaken() throws Exception {
    List<Change> words = space.owner.notes(space.roster(), "one", "two");
    List<Change> erasure = space.owner.erasing(space.roster(), words.get(1).id());
    refused(space.owner, bare(words), erasure);
    assertThat(changes(client.pull(space, space.owner.key, ""))).isEmpty();
  }

  @Test
  void push_bodyLeftOutAndMoreBehindItThanWaits_refused() throws Exception {
    List<Change> words = space.owner.notes(space.roster(), "one");
    refused(space.owner, bare(words));
    byte[] large = new byte[40_000];
    new Random(5).nextBytes(large);
    String text = Base64.getEncoder().encodeToString(large);
    Set<String> codes = new HashSet<>();
    for (int sizeBytes = 0; sizeBytes <= Limits.AWAITED_BYTES_MAX; sizeBytes += large.length) {
      codes.addAll(refused(space.owner, space.owner.notes(space.roster(), text)));
    }
    assertThat(codes).containsExactlyInAnyOrder("change.body-awaited", "feed.gap");
  }

  /** Lets so many coordinators wait; what the first of them is answered to the erasure then. */
  private List<String> firstAnswered(int waiting) throws Exception {
    List<TestDevice> devices = new ArrayList<>();
    List<Change> said = new ArrayList<>();
    for (int i = 0; i < waiting; i++) {
      TestDevice device = coordinator();
      List<Change> notes = device.notes(space.roster(), "one");
      assertThat(refused(device, bare(notes))).containsExactly("change.body-awaited");
      devices.add(device);
      said.add(notes.get(1));
    }
    TestDevice first = devices.get(0);
    return refused(first, first.erasing(space.roster(), said.get(0).id()));
  }

  @Test
  void push_bodiesLeftOutByAsManyDevicesAsMayWait_allWait() throws Exception {
    assertThat(firstAnswered(Limits.AWAITED_FEEDS_MAX)).containsExactly("change.body-awaited");
    assertThat(changes(client.pull(space, space.owner.key, ""))).hasSize(3);
  }

  @Test
  void push_bodiesLeftOutByOneDeviceMore_theFirstWaitsNoLonger() throws Exception {
    assertThat(firstAnswered(Limits.AWAITED_FEEDS_MAX + 1)).containsExactly("feed.gap");
    assertThat(changes(client.pull(space, space.owner.key, ""))).isEmpty();
  }
}
