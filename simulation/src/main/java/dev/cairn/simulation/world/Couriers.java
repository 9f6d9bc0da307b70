package dev.cairn.simulation.world;

import dev.cairn.client.courier.BundleExport;
import dev.cairn.client.courier.BundleImport;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.bundle.BundleReader;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.server.bundle.ParcelTaker;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Crash;
import dev.cairn.simulation.server.SimulatedServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Bundles: who writes them, who carries them, and what happens to them on the way. */
final class Couriers {

  private static final int STICKS_MAX = 24;
  private static final long LATE_MILLIS = 7L * 24 * 60 * 60 * 1000;

  private final Stage stage;
  private final Attempt attempt;
  private final Roads roads;

  Couriers(Stage stage, Attempt attempt, Roads roads) {
    this.stage = stage;
    this.attempt = attempt;
    this.roads = roads;
  }

  /** Somebody writes a bundle. */
  void write(Machine from) {
    long most = stage.chance.percent(20) ? stage.chance.size(200_000) : Long.MAX_VALUE;
    if (most < Long.MAX_VALUE) {
      stage.trace.fault(Fault.BUNDLE_SMALL);
    }
    attempt.on(
        from,
        "export",
        () -> {
          if (from.coordinates()) {
            from.desk().confirm();
          }
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          BundleExport written = from.device().exportBundle(out, most);
          stage.trace.note("  " + written.parcels() + " parcels, " + written.bytes() + " bytes");
          put(from.name(), out.toByteArray());
        });
  }

  /** Somebody brings somebody else a bundle himself: it is whole, and at once there. */
  void hand(Machine from, Machine to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean written =
        attempt.on(from, "export", () -> from.device().exportBundle(out, Long.MAX_VALUE));
    if (written) {
      stage.auditor.carried(out.toByteArray());
      to(to, out.toByteArray());
    }
  }

  private void put(String from, byte[] bundle) {
    if (stage.sticks.size() == STICKS_MAX) {
      stage.sticks.remove(stage.chance.below(STICKS_MAX));
    }
    stage.auditor.carried(bundle);
    stage.sticks.add(new Stick(from, bundle, stage.time.millis()));
  }

  /** A bundle comes to somebody, or to the server. */
  void deliver() throws CairnException, IOException {
    if (stage.sticks.isEmpty()) {
      return;
    }
    Stick stick = stage.chance.of(stage.sticks);
    byte[] bundle = onTheWay(stick);
    if (stage.chance.percent(25)) {
      toServer(bundle);
    } else {
      to(stage.chance.of(stage.people()), bundle);
    }
  }

  private byte[] onTheWay(Stick stick) {
    byte[] bundle = stick.bytes();
    if (stage.time.millis() - stick.madeMillis() > LATE_MILLIS) {
      stage.trace.fault(Fault.BUNDLE_LATE);
    }
    if (stage.chance.percent(70)) {
      stage.sticks.remove(stick);
    } else {
      stage.trace.fault(Fault.BUNDLE_TWICE);
    }
    if (stage.chance.percent(12)) {
      stage.trace.fault(Fault.BUNDLE_ALTERED);
      bundle[stage.chance.below(bundle.length)] ^= (byte) (1 << stage.chance.below(8));
    } else if (stage.chance.percent(12)) {
      stage.trace.fault(Fault.BUNDLE_CUT);
      bundle = Arrays.copyOf(bundle, stage.chance.below(bundle.length));
    }
    return bundle;
  }

  /** Hands a bundle to somebody. */
  void to(Machine machine, byte[] bundle) {
    attempt.on(
        machine,
        "import",
        () -> {
          BundleImport taken = machine.device().importBundle(new ByteArrayInputStream(bundle));
          stage.trace.note("  fresh " + taken.fresh() + ", receipts " + taken.receipts());
        });
    roads.promised(machine);
  }

  /** Carries a parcel of whomever to the server and to a desk. */
  void carry(ParcelContent content) throws CairnException, IOException {
    RosterState roster = stage.server.ledger().snapshot(stage.space()).orElseThrow().roster();
    Machine desk = stage.chance.of(stage.desks);
    Optional<DeviceEntry> entry = roster.device(desk.id());
    if (entry.isPresent()) {
      to(desk, bundle(content, entry.get().keys().encryptionKey()));
    }
    toServer(bundle(content, roster.bundleKey().orElseThrow()));
  }

  private byte[] bundle(ParcelContent content, EncryptionPublicKey receiver) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    bundle.writeBytes(BundleWriter.parcel(Parcel.seal(content, List.of(receiver), stage.chance)));
    return bundle.toByteArray();
  }

  /** Somebody plugs a stick into the server. */
  void toServer(byte[] bundle) throws CairnException, IOException {
    if (!stage.server.isUp()) {
      return;
    }
    stage.auditor.heard(bundle);
    try {
      take(bundle);
    } catch (Crash crash) {
      stage.trace.fault(Fault.SERVER_CRASH);
      stage.server.stop();
    } catch (dev.cairn.server.ledger.StoreException full) {
      stage.trace.note("the server takes no parcel: " + full.code());
    }
  }

  private void take(byte[] bundle) throws CairnException, IOException {
    ParcelTaker taker = new SimulatedServer(stage.server).taker();
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    answers.writeBytes(BundleWriter.beginning());
    BundleReader reader = new BundleReader();
    int parcels = 0;
    List<ParcelContent> early = new ArrayList<>();
    try {
      reader.feed(bundle, 0, bundle.length);
      for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
        Optional<ParcelContent> content = open(taker, next.get());
        if (content.isPresent() && content.get().space().equals(stage.space())) {
          ParcelTaker.Outcome taken = taker.take(content.get(), false);
          taken.answers().forEach(answer -> answers.writeBytes(BundleWriter.parcel(answer)));
          if (taken.early() > 0) {
            early.add(content.get());
          }
          parcels++;
        }
      }
      for (ParcelContent content : early) {
        taker
            .take(content, true)
            .answers()
            .forEach(answer -> answers.writeBytes(BundleWriter.parcel(answer)));
      }
    } catch (MalformedException | TooNewException e) {
      stage.trace.note("the server reads a damaged bundle");
    }
    stage.trace.note("the server takes " + parcels + " parcels");
    put("server", answers.toByteArray());
  }

  private static Optional<ParcelContent> open(ParcelTaker taker, byte[] parcel)
      throws MalformedException {
    try {
      return Optional.of(taker.open(parcel));
    } catch (UndecryptableException | TooNewException e) {
      return Optional.empty();
    }
  }
}
