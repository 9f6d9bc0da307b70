package dev.cairn.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.bundle.PieceSignature;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.attachment.AttachmentFiles;
import dev.cairn.server.bundle.ParcelTaker;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.Refills;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.stream.DeviceKeyCache;
import dev.cairn.server.stream.RefillDecoder;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Disks;
import dev.cairn.simulation.server.Answering;
import dev.cairn.simulation.server.ServerMachine;
import dev.cairn.simulation.server.SimulatedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What members send to a server with a real ledger, once their signatures and keys are right. */
class LedgerFuzzTest {

  private static final int PIECES_MAX = 4;
  private static final int TURNS_MAX = 8;
  private static final DeviceKeyCache KEYS = new DeviceKeyCache();

  private interface Work {
    void on(ServerMachine machine) throws CairnException, IOException;
  }

  private static void with(Founded space, ServerMachine.Asleep asleep, boolean restored, Work work)
      throws CairnException, IOException {
    Path folder = space.folder.resolve("served");
    ServerMachine machine =
        ServerMachine.wake(
            folder,
            new dev.cairn.simulation.time.VirtualTime.WrongClock(Founded.time()),
            new Random(19)::nextBytes,
            asleep,
            Disks.SIMULATED);
    try {
      machine.start();
      if (restored) {
        Refills.begin(machine.ledger().store());
        machine.stop();
        machine.start();
      }
      work.on(machine);
    } finally {
      machine.close();
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toArray(Path[]::new)) {
          Files.delete(path);
        }
      }
    }
  }

  /**
   * Pushes and parcels of the insider, changes that name files and pieces of those; then a phone
   * syncs, as if nothing had been.
   */
  @FuzzTest
  void pushesAndParcels_ofAMember_keepNobodyElseFromBeingHeard(byte[] input)
      throws CairnException, IOException {
    Founded space = Founded.space();
    with(
        space,
        space.server,
        false,
        machine -> {
          Script script = new Script(input);
          Parcels parcels = new Parcels(space, script);
          SimulatedServer server = new SimulatedServer(machine);
          int count = 1 + script.below(TURNS_MAX);
          for (int i = 0; i < count; i++) {
            if ((script.next() & 1) == 0) {
              push(server, space.insider, parcels.entries(space.insider.id()), script.next());
            } else {
              ParcelContent content = parcels.content(space.insider.id());
              boolean alone = i > 0;
              Trial.of(
                  () ->
                      content.space().equals(space.id)
                          ? server.taker().take(content, alone)
                          : server.taker().open(new byte[0]));
            }
          }
          comesWhole(server, space, SmallFile.of(false));
          comesWhole(server, space, SmallFile.of(true));
          Machine phone = space.wake(space.phone);
          try {
            phone.device().sync(Founded.link(machine), SyncListener.NONE);
            Trial.holds(phone.device().state().pending() == 0, "a phone is not heard any more");
          } finally {
            phone.close();
          }
        });
  }

  /** Whatever came of a file before: who named it can still bring it, and it is what he named. */
  private static void comesWhole(SimulatedServer server, Founded space, SmallFile file)
      throws CairnException, IOException {
    AttachmentRef ref = file.named(false);
    Encoded all = file.range(0, SmallFile.SIZE_BYTES);
    ParcelContent whole = PieceSignature.sign(space.id, ref, 0, all, space.insider.key());
    boolean isNamed;
    try (LedgerView view = server.machine().ledger().store().view()) {
      isNamed =
          view.namings(space.id, ref.id()).stream()
              .anyMatch(naming -> naming.sizeBytes() == ref.sizeBytes());
    }
    ParcelTaker.Outcome taken = server.taker().take(whole, false);
    Trial.same(isNamed ? 1L : 0L, taken.known(), "files that were kept");
    Trial.same(isNamed ? 0L : 1L, taken.early(), "pieces that nobody named");
    AttachmentFiles files = server.machine().attachments();
    Trial.same(isNamed, files.complete(space.id, ref.id()).isPresent(), "a file is there");
    Trial.same(List.of(), files.damaged(space.id), "damaged files");
  }

  private static void push(SimulatedServer server, Insider insider, byte[] stream, int cut) {
    Request request =
        Request.of("POST", "/v1/spaces/" + insider.roster().space() + "/push")
            .streamed(HttpNames.STREAM);
    String nonce =
        String.valueOf(server.answer(insider.signed(request, "none")).headers().get("cairn-nonce"));
    Answering answering = server.answer(insider.signed(request, nonce));
    Trial.holds(answering.status() == 200, "a member is not heard");
    for (byte[] piece : Input.pieces(stream, cut)) {
      answering.take(piece);
    }
    answering.end();
  }

  /** Pieces for a restored server; then honest ones, which have to bring its log back. */
  @FuzzTest
  void pieces_forARestoredServer_makeItsLogWhatItWas(byte[] input)
      throws CairnException, IOException {
    Founded space = Founded.space();
    with(
        space,
        space.earlier,
        true,
        machine -> {
          Script script = new Script(input);
          Parcels parcels = new Parcels(space, script);
          int count = 1 + script.below(PIECES_MAX);
          for (int i = 0; i < count; i++) {
            byte[] piece =
                (script.next() & 7) == 7 ? script.some() : parcels.entries(space.insider.id());
            Trial.of(() -> handIn(machine.ledger(), space, piece));
          }
          ShapedLog honest = new ShapedLog(space);
          boolean lied = !parcels.log().isContinuedBy(honest);
          LogAccount account = handIn(machine.ledger(), space, whole(honest));
          boolean forked = account.refill().map(LogAccount.Refill::forked).orElse(false);
          if (lied) {
            return;
          }
          Trial.holds(!forked, "a log that never lied is called forked");
          SpaceSnapshot now = machine.ledger().snapshot(space.id).orElseThrow();
          Trial.same(honest.size(), now.head().size(), "size of the log");
          Digest root = now.checkpoint().checkpoint().root();
          Trial.holds(root.equals(honest.checkpoint().checkpoint().root()), "the log is another");
        });
  }

  private static LogAccount handIn(Ledger ledger, Founded space, byte[] piece)
      throws CairnException {
    SpaceSnapshot snapshot = ledger.snapshot(space.id).orElseThrow();
    LogHead head = snapshot.head();
    LogKey key = space.signer.logKey(head.origin());
    ledger
        .refills()
        .take(space.id, new RefillDecoder(space.id, KEYS, key, head.generation()).decode(piece));
    LogAccount account = ledger.refills().account(space.id, space.insider.id());
    Trial.same(account, LogAccount.decode(account.encode()), "account");
    return account;
  }

  /** All of an honest log. */
  private static byte[] whole(ShapedLog log) throws CairnException {
    List<Entry> entries = new ArrayList<>();
    int size = (int) log.size();
    entries.add(new Entry.Leaves(0, log.leaves(0, size)));
    entries.add(log.receipt(0, size));
    entries.addAll(log.everything());
    EntryWriter writer = new EntryWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    entries.forEach(entry -> out.writeBytes(writer.write(entry)));
    return out.toByteArray();
  }
}
