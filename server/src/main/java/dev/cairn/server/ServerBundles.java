package dev.cairn.server;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.bundle.BundleReader;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.server.attachment.AttachmentFiles;
import dev.cairn.server.bundle.ParcelTaker;
import dev.cairn.server.check.OpenLedger;
import dev.cairn.server.directory.PrivateFiles;
import dev.cairn.server.ledger.DiskFaults;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.Quotas;
import dev.cairn.server.ledger.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Bundles carried to a data directory on which no server is running. */
public final class ServerBundles {

  private static final int PIECE_BYTES = 64 * 1024;

  private ServerBundles() {}

  /**
   * What became of a bundle.
   *
   * @param fresh leaves that were not in the log before
   * @param known leaves that were, and pieces of attachments
   * @param refused entries, pieces and parcels that were not taken, the early ones among them
   * @param forOthers parcels that this server cannot open
   * @param tooNew those among them of a later version: to be imported again with a newer program
   * @param receipts parcels with receipts, which wait for {@link #exportFile}
   * @param early parcels in which something continues what has not arrived: to be imported again
   *     when that has been
   */
  public record Imported(
      long fresh,
      long known,
      long refused,
      long forOthers,
      long tooNew,
      long receipts,
      long early) {}

  /**
   * Takes a bundle in; in which order its parcels stand does not matter. Its answers are kept in
   * the directory until {@link #exportFile}.
   *
   * @throws MalformedException if the file is no bundle, or damaged; parcels before the damage are
   *     in
   */
  public static Imported importFile(Path data, Path bundle) throws IOException, CairnException {
    try (OpenLedger open = OpenLedger.open(data)) {
      Ledger ledger =
          Ledger.open(
              open.store(),
              open.logKeys(),
              open.identity().bundleKey().publicKey(),
              Quotas.standard());
      Clock clock = Clock.systemUTC();
      ParcelTaker taker =
          new ParcelTaker(
              ledger,
              submission ->
                  ledger.accept(List.of(submission), clock.instant().getEpochSecond()).get(0),
              open.identity().bundleKey(),
              new AttachmentFiles(open.directory().attachments()),
              Randomness.of(new SecureRandom()));
      return importAll(bundle, new Importing(ledger, taker), open.directory().answers());
    }
  }

  private static Imported importAll(Path bundle, Importing importing, Path answers)
      throws IOException, CairnException {
    try {
      do {
        importing.begin();
        readAll(bundle, importing);
      } while (importing.isToBeContinued());
    } finally {
      importing.keepAnswers(answers);
    }
    return importing.imported();
  }

  private static void readAll(Path bundle, Importing importing) throws IOException, CairnException {
    BundleReader reader = new BundleReader();
    byte[] piece = new byte[PIECE_BYTES];
    try (InputStream in = Files.newInputStream(bundle)) {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        reader.feed(piece, 0, read);
        for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
          importing.next(next.get());
        }
      }
    }
    if (!reader.isWhole()) {
      throw new MalformedException("the bundle is cut short or damaged; what was whole is in");
    }
  }

  /**
   * Writes the answers to all bundles taken in since the last time, as a bundle to be carried back.
   *
   * @return how many parcels it holds
   */
  public static long exportFile(Path data, Path out) throws IOException, CairnException {
    return export(data, bundle -> PrivateFiles.write(out, bundle));
  }

  /** Where a bundle goes. */
  @FunctionalInterface
  public interface Destination {
    /** Takes the bundle; durable on return. */
    void take(byte[] bundle) throws IOException;
  }

  /**
   * What went out.
   *
   * @param parcels how many
   * @param bytes of the whole bundle
   * @param left whether answers wait that had no room
   */
  public record Exported(long parcels, long bytes, boolean left) {}

  /** {@link #export(Path, long, Destination)} of everything. */
  public static long export(Path data, Destination out) throws IOException, CairnException {
    return export(data, Long.MAX_VALUE, out).parcels();
  }

  /**
   * {@link #exportFile} to somewhere else, of what has room. Answers are forgotten only after they
   * were taken: where that fails, and for want of room, they wait for the next export.
   *
   * @throws RefusedException if there is no room for any
   */
  public static Exported export(Path data, long sizeBytesMax, Destination out)
      throws IOException, CairnException {
    try (OpenLedger open = OpenLedger.open(data)) {
      Path answers = open.directory().answers();
      ByteArrayOutputStream bundle = new ByteArrayOutputStream();
      bundle.writeBytes(BundleWriter.beginning());
      ByteArrayOutputStream rest = new ByteArrayOutputStream();
      rest.writeBytes(BundleWriter.beginning());
      long parcels = 0;
      boolean left = false;
      for (byte[] answer : waiting(answers)) {
        byte[] parcel = BundleWriter.parcel(answer);
        boolean hasRoom = (long) bundle.size() + parcel.length <= sizeBytesMax;
        (hasRoom ? bundle : rest).writeBytes(parcel);
        parcels += hasRoom ? 1 : 0;
        left |= !hasRoom;
      }
      if (left && parcels == 0) {
        throw new RefusedException("bundle.too-small", "no answer has room in so small a bundle");
      }
      out.take(bundle.toByteArray());
      if (left) {
        PrivateFiles.write(answers, rest.toByteArray());
      } else if (Files.deleteIfExists(answers)) {
        PrivateFiles.syncFolderOf(answers);
      }
      return new Exported(parcels, bundle.size(), left);
    }
  }

  private static List<byte[]> waiting(Path answers) throws IOException, CairnException {
    List<byte[]> parcels = new ArrayList<>();
    if (Files.exists(answers)) {
      BundleReader reader = new BundleReader();
      byte[] whole = Files.readAllBytes(answers);
      reader.feed(whole, 0, whole.length);
      for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
        parcels.add(next.get());
      }
    }
    return parcels;
  }

  /** One import under way: the whole bundle, then again what came before its beginning. */
  private static final class Importing {
    private final Ledger ledger;
    private final ParcelTaker taker;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final Map<Integer, Long> refusedOf = new HashMap<>();
    private Set<Integer> again = new TreeSet<>();
    private Set<Integer> early = new TreeSet<>();
    private int passes;
    private boolean alone;
    private int number;
    private long moved;
    private long fresh;
    private long known;
    private long refused;
    private long earlyEntries;
    private long forOthers;
    private long tooNew;
    private long receipts;

    Importing(Ledger ledger, ParcelTaker taker) {
      this.ledger = ledger;
      this.taker = taker;
    }

    /** Begins with the first parcel. */
    void begin() {
      again = early;
      early = new TreeSet<>();
      earlyEntries = 0;
      number = 0;
      moved = 0;
      passes++;
    }

    /**
     * Whether what was early may have found its place. At last nobody may have what its statements
     * name as seen.
     */
    boolean isToBeContinued() {
      boolean last = alone && moved == 0;
      alone |= moved == 0;
      return !early.isEmpty() && !last;
    }

    void next(byte[] parcel) throws CairnException, IOException {
      if (passes == 1 || again.contains(number)) {
        take(parcel);
      }
      number++;
    }

    private void take(byte[] parcel) throws CairnException, IOException {
      ParcelContent content;
      try {
        content = taker.open(parcel);
      } catch (UndecryptableException e) {
        forOthers++;
        return;
      } catch (TooNewException e) {
        forOthers++;
        tooNew++;
        return;
      } catch (MalformedException e) {
        refused++;
        return;
      }
      if (ledger.snapshot(content.space()).isEmpty()) {
        refused++;
        return;
      }
      ParcelTaker.Outcome outcome;
      try {
        outcome = taker.take(content, alone);
      } catch (MalformedException e) {
        refused++;
        return;
      }
      fresh += outcome.fresh();
      known += passes == 1 || content instanceof ParcelContent.Piece ? outcome.known() : 0;
      moved += outcome.fresh();
      refusedOf.put(number, outcome.refused());
      receipts += outcome.answers().size();
      outcome.answers().forEach(answer -> answers.writeBytes(BundleWriter.parcel(answer)));
      if (outcome.early() > 0) {
        early.add(number);
        earlyEntries += outcome.early();
      }
    }

    void keepAnswers(Path file) throws IOException, StoreException {
      if (answers.size() == 0) {
        return;
      }
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(Files.exists(file) ? Files.readAllBytes(file) : BundleWriter.beginning());
      whole.writeBytes(answers.toByteArray());
      try {
        PrivateFiles.write(file, whole.toByteArray());
      } catch (IOException e) {
        throw DiskFaults.named(e);
      }
    }

    Imported imported() {
      long entries = earlyEntries + refusedOf.values().stream().mapToLong(Long::longValue).sum();
      return new Imported(
          fresh, known, refused + entries, forOthers, tooNew, receipts, early.size());
    }
  }
}
