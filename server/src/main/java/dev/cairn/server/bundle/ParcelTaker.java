package dev.cairn.server.bundle;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.server.attachment.AttachmentFiles;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Bringer;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.Offer;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.Submission;
import dev.cairn.server.stream.DeviceKeyCache;
import dev.cairn.server.stream.EntryDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes parcels. What is inside is judged as if a member had pushed it; who carried it does not
 * matter. Each author's answer is sealed to that author's device, so that the courier who takes it
 * back cannot read it either. Blocks; safe for many threads.
 */
public final class ParcelTaker {

  private final Ledger ledger;
  private final Acceptance acceptance;
  private final EncryptionKey bundleKey;
  private final PieceTaker pieces;
  private final Randomness randomness;
  private final DeviceKeyCache keys = new DeviceKeyCache();

  /** Takes parcels for this ledger. */
  public ParcelTaker(
      Ledger ledger,
      Acceptance acceptance,
      EncryptionKey bundleKey,
      AttachmentFiles files,
      Randomness randomness) {
    this.ledger = ledger;
    this.acceptance = acceptance;
    this.bundleKey = bundleKey;
    this.pieces = new PieceTaker(ledger, files);
    this.randomness = randomness;
  }

  /** How offers reach the ledger. */
  @FunctionalInterface
  public interface Acceptance {
    /** Judges offers and makes what is accepted durable before it returns. */
    List<Answer> accept(Submission submission) throws StoreException;
  }

  /**
   * What became of a parcel.
   *
   * @param fresh leaves that were not in the log before
   * @param known leaves that were
   * @param refused entries that were refused for good
   * @param early entries that continue what has not arrived, or could not be taken now: the parcel
   *     is to be handed in again
   * @param answers parcels for the authors
   */
  public record Outcome(long fresh, long known, long refused, long early, List<byte[]> answers) {
    /** Takes a copy. */
    public Outcome {
      answers = List.copyOf(answers);
    }
  }

  /**
   * Opens a parcel.
   *
   * @throws UndecryptableException if it is not for this server
   */
  public ParcelContent open(byte[] parcel)
      throws UndecryptableException, MalformedException, TooNewException {
    return Parcel.open(parcel, List.of(bundleKey));
  }

  /**
   * Takes what was in a parcel.
   *
   * @param alone whether it has come before, and its statements are to be taken without what they
   *     name as seen
   * @throws MalformedException if a stream in it cannot be read to its end; nothing was taken
   * @throws IllegalArgumentException if the space is not here
   */
  public Outcome take(ParcelContent content, boolean alone)
      throws MalformedException, StoreException, IOException {
    if (content instanceof ParcelContent.Changes changes) {
      return take(changes, alone);
    }
    if (content instanceof ParcelContent.Piece piece) {
      return switch (pieces.take(piece)) {
        case KEPT -> new Outcome(0, 1, 0, 0, List.of());
        case EARLY -> new Outcome(0, 0, 0, 1, List.of());
        case REFUSED -> new Outcome(0, 0, 1, 0, List.of());
      };
    }
    // An answer is for a device; a server has no use for one.
    return new Outcome(0, 0, 1, 0, List.of());
  }

  private Outcome take(ParcelContent.Changes changes, boolean alone)
      throws MalformedException, StoreException {
    SpaceSnapshot before =
        ledger
            .snapshot(changes.space())
            .orElseThrow(() -> new IllegalArgumentException("the space is not here"));
    ShownCheckpoints shown = new ShownCheckpoints(before.checkpoint().checkpoint().origin());
    List<byte[]> entries = shown.strip(entries(changes.stream().bytes()));
    List<Offer> offers = new EntryDecoder(changes.space(), keys).decode(entries);
    List<Answer> answers =
        acceptance.accept(new Submission(changes.space(), offers, Bringer.carrier(alone)));
    SpaceSnapshot after = ledger.snapshot(changes.space()).orElseThrow();
    Tally tally = new Tally(before.head(), after.roster());
    for (int i = 0; i < offers.size(); i++) {
      tally.count(offers.get(i), answers.get(i));
    }
    return new Outcome(
        tally.fresh(), tally.known(), tally.refused(), tally.early(), answers(after, tally, shown));
  }

  private List<byte[]> answers(SpaceSnapshot snapshot, Tally tally, ShownCheckpoints shown)
      throws StoreException {
    ParcelAnswers answers = new ParcelAnswers();
    boolean room = true;
    for (DeviceId author : tally.authors(randomness)) {
      Optional<DeviceEntry> entry = snapshot.roster().device(author);
      if (room && entry.isPresent() && !entry.get().isSuspended()) {
        room = answers.add(answer(snapshot, entry.get(), tally.of(author), shown));
      }
    }
    return answers.all();
  }

  private static List<byte[]> entries(byte[] stream) throws MalformedException {
    ByteStringStream strings = ByteStringStream.ofEntries();
    strings.feed(stream);
    List<byte[]> entries = new ArrayList<>();
    for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
      entries.add(next.get());
    }
    if (strings.pendingBytes() > 0) {
      throw new MalformedException("the stream of a parcel is not whole");
    }
    return entries;
  }

  private byte[] answer(
      SpaceSnapshot snapshot, DeviceEntry author, Tally.Leaves leaves, ShownCheckpoints shown)
      throws StoreException {
    ParcelContent content =
        new AnswerWriter(ledger, snapshot).write(author.device(), leaves, shown);
    return Parcel.seal(content, List.of(author.keys().encryptionKey()), randomness);
  }
}
