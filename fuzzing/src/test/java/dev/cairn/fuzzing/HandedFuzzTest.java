package dev.cairn.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.client.Device;
import dev.cairn.client.meeting.Meeting;
import dev.cairn.client.meeting.MeetingListener;
import dev.cairn.client.sync.LyingServerException;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.meeting.PeerStream;
import dev.cairn.protocol.meeting.Side;
import dev.cairn.protocol.meeting.Word;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.simulation.device.Machine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What people hand to a device: bundles whose parcels are sealed to it and hold whatever an input
 * says, and a member who meets it and says anything. Afterwards the store is whole, and what an
 * honest courier brings, even in the same bundle, is taken in.
 */
class HandedFuzzTest {

  private static final int PARCELS_MAX = 3;
  private static final int TURNS_MAX = 64;

  @FuzzTest
  void bundle_withParcelsOfAnyContent_keepsNoneOfTheOthersOut(byte[] input)
      throws CairnException, IOException {
    Founded space = Founded.space();
    Script script = new Script(input);
    boolean toDesk = (script.next() & 1) == 0;
    Machine machine = space.wake(toDesk ? space.desk : space.phone);
    try {
      Device device = machine.device();
      ByteArrayOutputStream bundle = new ByteArrayOutputStream();
      bundle.writeBytes(BundleWriter.beginning());
      for (byte[] parcel : parcels(space, machine, script)) {
        bundle.writeBytes(BundleWriter.parcel(parcel));
      }
      bundle.writeBytes(space.carried);
      Trial.within(
          bundle.size(), () -> device.importBundle(new ByteArrayInputStream(bundle.toByteArray())));
      isWhole(device);
      if (toDesk) {
        Trial.holds(holds(device, space), "what stood behind a bad parcel was not taken in");
      }
      blamesNobody(device, new ShapedServer(space, machine.id(), new Script(new byte[0])), space);
    } finally {
      machine.close();
    }
  }

  @FuzzTest
  void member_thatIsMetAndSaysAnything_doesNoHarm(byte[] input) throws CairnException, IOException {
    Founded space = Founded.space();
    Script script = new Script(input);
    int how = script.next();
    Machine machine = space.wake((how & 1) == 0 ? space.desk : space.phone);
    try {
      Device device = machine.device();
      List<byte[]> parcels = parcels(space, machine, script);
      Trial.within(
          input.length + (64 << 10),
          () -> {
            Side side = (how & 2) == 0 ? Side.CALLER : Side.ANSWERER;
            Meeting meeting = device.meeting(side, MeetingListener.NONE);
            Trial.of(() -> talked(meeting, side, space, parcels, script));
            device.end(meeting);
          });
      isWhole(device);
      if ((how & 1) == 0) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        bundle.writeBytes(BundleWriter.beginning());
        bundle.writeBytes(space.carried);
        try {
          device.importBundle(new ByteArrayInputStream(bundle.toByteArray()));
        } catch (LyingServerException told) {
          // The proof came by hand.
        }
        Trial.holds(holds(device, space), "what an honest courier brings is not taken in");
      }
    } finally {
      machine.close();
    }
  }

  private static boolean talked(
      Meeting meeting, Side side, Founded space, List<byte[]> parcels, Script script)
      throws CairnException {
    Insider insider = space.insider;
    PeerStream peer =
        new PeerStream(
            side == Side.CALLER ? Side.ANSWERER : Side.CALLER,
            insider.roster(),
            insider.key(),
            new Random(13)::nextBytes);
    boolean mute = true;
    for (int turn = 0; turn < TURNS_MAX && !meeting.isOver(); turn++) {
      byte[] said = meeting.output();
      peer.feed(said, 0, said.length);
      while (peer.next().isPresent()) {
        // What an honest device says is not what this is about.
      }
      if (peer.peer().isPresent() && (side == Side.ANSWERER || said.length > 0 || !mute)) {
        if (script.ended()) {
          return false;
        }
        mute = false;
        words(peer, parcels, script);
      }
      byte[] heard = peer.output();
      if (heard.length > 0 && (script.next() & 0xf0) == 0xf0) {
        heard[script.below(heard.length)] ^= (byte) (1 + script.below(255));
      }
      meeting.receive(heard, 0, heard.length);
      if (said.length == 0 && heard.length == 0) {
        return false;
      }
    }
    return true;
  }

  private static void words(PeerStream peer, List<byte[]> parcels, Script script) {
    int count = script.below(6);
    for (int i = 0; i < count; i++) {
      try {
        peer.say(word(parcels, script));
      } catch (IllegalArgumentException impossible) {
        return;
      }
    }
    if ((script.next() & 0xf0) != 0xf0) {
      peer.say(new Word.Over());
    }
  }

  private static Word word(List<byte[]> parcels, Script script) {
    switch (script.below(5)) {
      case 0:
        List<Word.Offered> offered = new ArrayList<>();
        for (byte[] parcel : parcels) {
          boolean honest = (script.next() & 1) == 0;
          offered.add(
              new Word.Offered(
                  honest ? Sha256.of(parcel) : Digest.of(script.exactly(Digest.SIZE_BYTES)),
                  honest ? parcel.length : (int) script.number()));
        }
        return new Word.Offer(offered);
      case 1:
        List<Word.Wanted> wanted = new ArrayList<>();
        int count = 1 + script.below(3);
        for (int i = 0; i < count; i++) {
          wanted.add(new Word.Wanted((int) script.number(), (int) script.number()));
        }
        return new Word.Want(wanted);
      case 2:
        return new Word.Gone();
      case 3:
        return new Word.Piece(Encoded.of(script.some()));
      default:
        if (parcels.isEmpty()) {
          return new Word.Over();
        }
        return new Word.Piece(Encoded.of(parcels.get(script.below(parcels.size()))));
    }
  }

  private static List<byte[]> parcels(Founded space, Machine machine, Script script) {
    Parcels parcels = new Parcels(space, script);
    List<byte[]> made = new ArrayList<>();
    int count = 1 + script.below(PARCELS_MAX);
    for (int i = 0; i < count; i++) {
      made.add(parcels.forDevice(machine.id()));
    }
    return made;
  }

  private static void isWhole(Device device) throws CairnException {
    Founded.isWhole(device);
    device.list();
    device.state();
  }

  /** By hand come two signatures of a liar, or nothing that speaks against a server. */
  private static void blamesNobody(Device device, ShapedServer server, Founded space) {
    server.becomeHonest(space);
    try {
      device.sync(server, SyncListener.NONE);
    } catch (LyingServerException lie) {
      Trial.holds(
          lie.seen().length > 0 && lie.offered().length > 0,
          "a courier's word makes a server a liar: " + lie.getMessage());
    } catch (CairnException refused) {
      // It may have been shown more than this server has.
    }
  }

  private static boolean holds(Device device, Founded space) throws CairnException {
    Set<ChangeId> held = new HashSet<>();
    device.openedChanges(
        each -> {
          if (each.opened().isPresent()) {
            held.add(each.change().id());
          }
        });
    return held.containsAll(space.unsent);
  }
}
