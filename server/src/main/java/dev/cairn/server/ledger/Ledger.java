package dev.cairn.server.ledger;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.Genesis;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * All spaces of one server. {@link #accept} and {@link #create} write and are for one thread;
 * {@link #snapshot} and {@link #store} are for all.
 *
 * <p>The order of things is the promise: entries, tree and signed checkpoint become durable in one
 * transaction, and only then does anybody get an answer. A checkpoint that was signed in a
 * transaction that failed never leaves this class.
 */
public final class Ledger {

  /** Codes with which {@link #create} refuses. */
  public static final String CODE_UNKNOWN = "space.code-unknown";

  /** See {@link #CODE_UNKNOWN}. */
  public static final String CODE_EXPIRED = "space.code-expired";

  /** See {@link #CODE_UNKNOWN}. */
  public static final String SPACE_INVALID = "space.invalid";

  private final LedgerStore store;
  private final LogSigner signer;
  private final Quotas quotas;
  private final Map<SpaceId, SpaceSnapshot> spaces = new ConcurrentHashMap<>();
  private final Refills refills;
  private final SpaceFounding founding;
  private final AwaitedErasures awaited = new AwaitedErasures();
  private volatile boolean scrubDue;
  private volatile boolean writable = true;
  private volatile Consumer<SpaceId> erasureListener = space -> {};

  private Ledger(
      LedgerStore store, LogSigner signer, EncryptionPublicKey bundleKey, Quotas quotas) {
    this.store = store;
    this.signer = signer;
    this.quotas = quotas;
    this.refills = new Refills(this, signer);
    this.founding = new SpaceFounding(signer, bundleKey, quotas);
  }

  /**
   * Reads every space back.
   *
   * @param bundleKey what a new space's genesis has to name
   */
  public static Ledger open(
      LedgerStore store, LogSigner signer, EncryptionPublicKey bundleKey, Quotas quotas)
      throws StoreException {
    Ledger ledger = new Ledger(store, signer, bundleKey, quotas);
    try (LedgerView view = store.view()) {
      for (SpaceId space : view.spaces()) {
        ledger.spaces.put(space, SpaceSnapshot.load(view, space, signer));
      }
    }
    return ledger;
  }

  /** A space as it durably is. */
  public Optional<SpaceSnapshot> snapshot(SpaceId space) {
    return Optional.ofNullable(spaces.get(space));
  }

  /** How many spaces there are. */
  public int spaceCount() {
    return spaces.size();
  }

  /** Where entries are read from. */
  public LedgerStore store() {
    return store;
  }

  /** Who is told of a space in which something was erased, after it became durable. */
  public void onErasure(Consumer<SpaceId> listener) {
    erasureListener = listener;
  }

  /** How much may be stored. */
  public Quotas quotas() {
    return quotas;
  }

  /**
   * Judges offers and makes what is accepted durable, in one transaction.
   *
   * @return for each submission an answer to each of its offers
   * @throws StoreException if nothing was kept; every submission may be made again
   */
  public List<List<Answer>> accept(List<Submission> submissions, long nowSeconds)
      throws StoreException {
    Map<SpaceId, SpaceBatch> batches = new LinkedHashMap<>();
    List<List<Answer>> answers = new ArrayList<>();
    Map<SpaceId, List<Integer>> restored = new LinkedHashMap<>();
    try (LedgerTransaction transaction = store.begin()) {
      for (Submission submission : submissions) {
        SpaceSnapshot before = required(submission.space());
        if (before.isRefilling()) {
          restored.computeIfAbsent(before.space(), any -> new ArrayList<>()).add(answers.size());
          answers.add(List.of());
          continue;
        }
        SpaceBatch batch =
            batches.computeIfAbsent(
                submission.space(), any -> new SpaceBatch(transaction, before, quotas, nowSeconds));
        List<Answer> own = new ArrayList<>();
        for (Offer offer : submission.offers()) {
          own.add(batch.answer(offer, submission.by()));
        }
        answers.add(own);
      }
      commit(transaction, batches.values());
    } catch (StoreException.Overtaken e) {
      reload(batches.keySet());
      throw e;
    } catch (StoreException e) {
      writable = false;
      throw e;
    }
    scrub(batches.values());
    for (int i = 0; i < answers.size(); i++) {
      Submission submission = submissions.get(i);
      if (batches.containsKey(submission.space())) {
        answers.set(i, awaited.keep(submission, answers.get(i)));
        if (awaited.isDue(submission, required(submission.space()).roster())) {
          takeAwaited(submission.space());
        }
      }
    }
    for (Map.Entry<SpaceId, List<Integer>> space : restored.entrySet()) {
      List<Submission> own = space.getValue().stream().map(submissions::get).toList();
      List<List<Answer>> given = refills.accept(space.getKey(), own);
      for (int i = 0; i < given.size(); i++) {
        answers.set(space.getValue().get(i), given.get(i));
      }
    }
    return answers;
  }

  /** Takes the frames whose missing bodies are all erased once they and what follows are taken. */
  private void takeAwaited(SpaceId space) throws StoreException {
    Set<DeviceId> devices = awaited.devices(space);
    while (!devices.isEmpty()) {
      try (LedgerTransaction transaction = store.begin()) {
        SpaceBatch batch = SpaceBatch.bodiless(transaction, required(space), quotas);
        Set<DeviceId> unexplained = awaited.judge(batch, devices);
        if (unexplained.isEmpty()) {
          commit(transaction, List.of(batch));
          awaited.forget(space, devices);
          scrub(List.of(batch));
          return;
        }
        devices.removeAll(unexplained);
      } catch (StoreException.Overtaken e) {
        reload(List.of(space));
        throw e;
      } catch (StoreException e) {
        writable = false;
        throw e;
      }
    }
  }

  private SpaceSnapshot required(SpaceId space) {
    SpaceSnapshot found = spaces.get(space);
    if (found == null) {
      throw new IllegalArgumentException("the space is not here");
    }
    return found;
  }

  /** How spaces of a server that was restored come back, and logs are opened anew. */
  public Refills refills() {
    return refills;
  }

  /** Follows what became durable otherwise. */
  void adopt(SpaceSnapshot snapshot, boolean erased) {
    writable = true;
    spaces.put(snapshot.space(), snapshot);
    if (erased) {
      scrubDue = true;
      erasureListener.accept(snapshot.space());
      scrub();
    }
  }

  /** Notes that something could not be made durable. */
  void failed() {
    writable = false;
  }

  private void commit(LedgerTransaction transaction, Iterable<SpaceBatch> batches)
      throws StoreException {
    List<SpaceSnapshot> after = new ArrayList<>();
    for (SpaceBatch batch : batches) {
      if (!batch.isEmpty()) {
        after.add(batch.write(signer));
      }
    }
    if (after.isEmpty()) {
      return;
    }
    transaction.commit();
    writable = true;
    after.forEach(snapshot -> spaces.put(snapshot.space(), snapshot));
  }

  private void scrub(Iterable<SpaceBatch> batches) {
    for (SpaceBatch batch : batches) {
      if (!batch.erased().isEmpty()) {
        scrubDue = true;
        erasureListener.accept(batch.space());
      }
    }
    scrub();
  }

  /** Whether an erased body may still stand in the store's files. */
  public boolean isScrubDue() {
    return scrubDue;
  }

  /** Overwrites what erasures left in the store's files, unless a reader is in the way. */
  public void scrub() {
    if (scrubDue) {
      try {
        store.scrub();
        scrubDue = false;
      } catch (StoreException e) {
        // What was accepted is durable all the same; it is tried again soon.
        scrubDue = true;
      }
    }
  }

  /** Whether the last attempt to make something durable succeeded. */
  public boolean isWritable() {
    return writable;
  }

  /** Another process moved a log: read again what it left, so that the next attempt fits. */
  private void reload(Iterable<SpaceId> moved) throws StoreException {
    try (LedgerView view = store.view()) {
      for (SpaceId space : moved) {
        spaces.put(space, SpaceSnapshot.load(view, space, signer));
      }
    }
  }

  /** Under which hash a one-time code is kept. */
  public static Digest codeHash(Secret code) {
    return Sha256.labelled("cairn/1/space-code", code.expose());
  }

  /**
   * Whether a code is worth reading a founding for: it allows one, or has allowed the one that may
   * be asked again.
   *
   * @throws RefusedException with {@link #CODE_UNKNOWN} or {@link #CODE_EXPIRED}
   */
  public void checkCode(Secret code, long nowSeconds) throws StoreException, RefusedException {
    Digest codeHash = codeHash(code);
    try (LedgerView view = store.view()) {
      if (view.spaceOf(codeHash).isEmpty()) {
        SpaceFounding.openCode(view, codeHash, nowSeconds);
      }
    }
  }

  /**
   * Creates a space. Done again with the same code and the same statements it gives the same
   * answers, so that a lost answer costs nothing.
   *
   * @param statements genesis first
   * @throws RefusedException with one of the codes of this class
   */
  public List<Answer> create(Secret code, List<Statement> statements, long nowSeconds)
      throws StoreException, RefusedException {
    Genesis genesis = SpaceFounding.genesis(statements);
    Digest codeHash = codeHash(code);
    SpaceSnapshot existing = spaces.get(statements.get(0).space());
    if (existing != null) {
      try (LedgerView view = store.view()) {
        return SpaceFounding.foundedBefore(view, existing, codeHash, statements);
      }
    }
    try (LedgerTransaction transaction = store.begin()) {
      List<Answer> answers = new ArrayList<>();
      SpaceBatch batch =
          founding.found(transaction, codeHash, genesis, statements, nowSeconds, answers);
      commit(transaction, List.of(batch));
      return answers;
    } catch (StoreException.Overtaken e) {
      throw e;
    } catch (StoreException e) {
      writable = false;
      throw e;
    }
  }
}
