package dev.cairn.simulation.world;

import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.simulation.server.Answering;
import dev.cairn.simulation.server.ServerMachine;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Spoils single answers: keeps entries back, alters, repeats and reorders them, adds its own. */
final class AnswerForger {

  private final Stage stage;
  private final List<byte[]> earlier = new ArrayList<>();

  AnswerForger(Stage stage) {
    this.stage = stage;
  }

  /** Whether an answer to this can be spoilt so. */
  static boolean concerns(Fault how, Request request) {
    return switch (how) {
      case SERVER_REWRITES -> true;
      case SERVER_ACKNOWLEDGES ->
          request.target().contains("/push?") && request.target().contains("seen=");
      default -> request.target().contains("/pull?");
    };
  }

  /** An answer that is not the honest one. */
  Answering spoil(Answering honest, Request request, Fault how, ServerMachine server) {
    if (honest.status() / 100 != 2) {
      return honest;
    }
    boolean isPull = request.target().contains("/pull?");
    if (how == Fault.SERVER_ACKNOWLEDGES) {
      return acknowledged(honest, request, server);
    }
    return new Answering() {
      @Override
      public int status() {
        return honest.status();
      }

      @Override
      public Map<String, String> headers() {
        return honest.headers();
      }

      @Override
      public byte[] take(byte[] piece) {
        byte[] answer = honest.take(piece);
        return how == Fault.SERVER_REWRITES ? altered(answer) : answer;
      }

      @Override
      public byte[] end() {
        return spoilt(honest.end(), how, isPull);
      }

      @Override
      public boolean mayLeaveWaiting() {
        return how == Fault.SERVER_REWRITES;
      }
    };
  }

  private Answering acknowledged(Answering honest, Request request, ServerMachine server) {
    SpaceSnapshot space = server.ledger().snapshot(stage.space()).orElseThrow();
    String target = request.target();
    long seen = Long.parseLong(target.substring(target.lastIndexOf('.') + 1));
    stage.trace.fault(Fault.SERVER_ACKNOWLEDGES);
    return new FalseReceipts(honest, server, space, seen);
  }

  private byte[] spoilt(byte[] body, Fault how, boolean isPull) {
    if (how == Fault.SERVER_REWRITES) {
      return altered(body);
    }
    if (!isPull) {
      return body;
    }
    if (how == Fault.SERVER_REPLAYS) {
      byte[] before = earlier.isEmpty() ? body : stage.chance.of(earlier);
      earlier.add(body);
      stage.trace.fault(how);
      return before;
    }
    List<byte[]> entries = entries(body);
    if (entries.size() < 2) {
      return body;
    }
    stage.trace.fault(how);
    int chosen = stage.chance.below(entries.size() - 1);
    switch (how) {
      case SERVER_WITHHOLDS -> {
        if (chosen % 2 == 0 || !WithheldBodies.withhold(entries, chosen, stage.space())) {
          entries.remove(chosen);
        }
      }
      case SERVER_REORDERS -> {
        Collections.swap(entries, chosen, chosen + 1);
        entries.replaceAll(this::reordered);
      }
      default -> entries.add(chosen, forged());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    entries.forEach(entry -> out.writeBytes(new CborWriter().bytes(entry).toBytes()));
    return out.toByteArray();
  }

  /** Leaves alone tell nothing of what they are: whoever has all of them sees that by the root. */
  private byte[] reordered(byte[] encoded) {
    try {
      if (new EntryReader(stage.space()).read(encoded) instanceof Entry.Leaves leaves) {
        List<Digest> other = new ArrayList<>(leaves.leaves());
        Collections.reverse(other);
        stage.disordered |= !other.equals(leaves.leaves());
        return entries(new EntryWriter().write(new Entry.Leaves(leaves.first(), other))).get(0);
      }
    } catch (CairnException e) {
      return encoded; // It leans on entries before it.
    }
    return encoded;
  }

  private byte[] altered(byte[] body) {
    if (body.length == 0) {
      return body;
    }
    stage.trace.fault(Fault.SERVER_REWRITES);
    byte[] other = body.clone();
    other[stage.chance.below(other.length)] ^= (byte) (1 << stage.chance.below(8));
    return other;
  }

  /** What a stream holds, each without the length before it. */
  static List<byte[]> entries(byte[] body) {
    ByteStringStream strings = ByteStringStream.ofEntries();
    strings.feed(body);
    List<byte[]> entries = new ArrayList<>();
    try {
      for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
        entries.add(next.get());
      }
    } catch (MalformedException e) {
      throw new IllegalStateException("the honest answer is malformed", e);
    }
    return entries;
  }

  /** A statement with which the server would put a key of its own in the coordinators' place. */
  private byte[] forged() {
    try {
      RosterState roster = stage.server.ledger().snapshot(stage.space()).orElseThrow().roster();
      SigningKey own = SigningKey.generate(stage.chance);
      CircleId desk = roster.desk().orElseThrow();
      DeviceId reader = stage.desks.get(0).id();
      Statement statement =
          new RosterWriter(roster, stage.chance)
              .epoch(
                  stage.chance.percent(50) ? desk : Circles.device(reader),
                  "",
                  List.of(reader),
                  own)
              .statement();
      byte[] whole =
          new EntryWriter()
              .write(new Entry.Statement(Encoded.of(statement.encode()), OptionalLong.empty()));
      return entries(whole).get(0);
    } catch (IllegalArgumentException e) {
      return new byte[] {0};
    }
  }
}
