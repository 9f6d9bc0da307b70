package dev.cairn.server.ledger;

import dev.cairn.protocol.RefusedException;
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

  /** Genesis, the first desk epoch, the owner's own epoch. */
  private static final int FIRST_STATEMENTS_MIN = 3;

  private final LedgerStore store;
  private final LogSigner signer;
  private final EncryptionPublicKey bundleKey;
  private final Quotas quotas;
  private final Map<SpaceId, SpaceSnapshot> spaces = new ConcurrentHashMap<>();
  private volatile boolean scrubDue;
  private volatile boolean writable = true;
  private volatile Consumer<SpaceId> erasureListener = space -> {};

  private Ledger(
      LedgerStore store, LogSigner signer, EncryptionPublicKey bundleKey, Quotas quotas) {
    this.store = store;
    this.signer = signer;
    this.bundleKey = bundleKey;
    this.quotas = quotas;
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
    try (LedgerTransaction transaction = store.begin()) {
      for (Submission submission : submissions) {
        SpaceSnapshot before = spaces.get(submission.space());
        if (before == null) {
          throw new IllegalArgumentException("submission to a space that is not here");
        }
        SpaceBatch batch =
            batches.computeIfAbsent(
                submission.space(), any -> new SpaceBatch(transaction, before, quotas, nowSeconds));
        List<Answer> own = new ArrayList<>();
        for (Offer offer : submission.offers()) {
          own.add(batch.answer(offer));
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
    return answers;
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
        openCode(view, codeHash, nowSeconds);
      }
    }
  }

  private static LedgerView.SpaceCode openCode(LedgerView view, Digest codeHash, long nowSeconds)
      throws StoreException, RefusedException {
    LedgerView.SpaceCode allowed =
        view.code(codeHash)
            .orElseThrow(() -> new RefusedException(CODE_UNKNOWN, "space code is not known"));
    if (nowSeconds >= allowed.expiresSeconds()) {
      throw new RefusedException(CODE_EXPIRED, "space code has expired");
    }
    return allowed;
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
    Genesis genesis = genesis(statements);
    SpaceId space = statements.get(0).space();
    Digest codeHash = codeHash(code);
    SpaceSnapshot existing = spaces.get(space);
    if (existing != null) {
      return foundedBefore(existing, codeHash, statements);
    }
    try (LedgerTransaction transaction = store.begin()) {
      LedgerView.SpaceCode allowed = openCode(transaction, codeHash, nowSeconds);
      if (!genesis.log().equals(signer.logKey(allowed.origin()))
          || !genesis.bundleKey().equals(bundleKey)) {
        throw new RefusedException(SPACE_INVALID, "genesis names other keys than this server's");
      }
      transaction.addSpace(space, allowed.origin(), codeHash);
      SpaceSnapshot before = SpaceSnapshot.empty(space, new LogHead(allowed.origin(), 0, 0));
      SpaceBatch batch = new SpaceBatch(transaction, before, quotas, nowSeconds);
      List<Answer> answers = new ArrayList<>();
      for (Statement statement : statements) {
        Answer answer = batch.answer(new Offer.OfStatement(statement));
        if (answer instanceof Answer.Refused refused) {
          throw new RefusedException(SPACE_INVALID, "first statements: " + refused.code());
        }
        answers.add(answer);
      }
      commit(transaction, List.of(batch));
      return answers;
    } catch (StoreException.Overtaken e) {
      throw e;
    } catch (StoreException e) {
      writable = false;
      throw e;
    }
  }

  /**
   * The answers of a founding that was done before. The code does not admit to a space that is
   * there: with it nothing is judged and nothing written, and whoever has another code hears only
   * that it is not good.
   */
  private List<Answer> foundedBefore(
      SpaceSnapshot existing, Digest codeHash, List<Statement> statements)
      throws StoreException, RefusedException {
    try (LedgerView view = store.view()) {
      if (!view.spaceOf(codeHash).equals(Optional.of(existing.space()))) {
        throw new RefusedException(CODE_UNKNOWN, "space code is not that of this space");
      }
    }
    List<Answer> answers = new ArrayList<>();
    for (Statement statement : statements) {
      Long position = existing.positions().get(statement.id());
      if (position == null || position != answers.size()) {
        throw new RefusedException(SPACE_INVALID, "the space was founded otherwise");
      }
      answers.add(new Answer.Placed(List.of(position)));
    }
    return answers;
  }

  private static Genesis genesis(List<Statement> statements) throws RefusedException {
    if (statements.size() >= FIRST_STATEMENTS_MIN
        && statements.get(0).content() instanceof Genesis genesis) {
      return genesis;
    }
    throw new RefusedException(SPACE_INVALID, "a space begins with genesis and two epochs");
  }
}
