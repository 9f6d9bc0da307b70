package dev.cairn.server.intake;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.server.health.Health;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.Submission;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Takes submissions from many threads and hands them to the ledger on one. Whatever waits when a
 * transaction begins goes into it, so the more there is to do the less each costs; alone, a
 * submission does not wait.
 *
 * <p>Answers are given on the writing thread, after the commit, in the order of submission.
 */
public final class Intake implements AutoCloseable {

  private static final int WAITING_MAX = 4096;
  private static final int OFFERS_PER_TRANSACTION_MAX = 4096;
  private static final long MILLIS_PER_SECOND = 1000;

  /** How soon an erased body that a reader kept in the file is looked for again. */
  private static final long SCRUB_MILLIS = 500;

  private final Ledger ledger;
  private final Clock clock;
  private final Health health;
  private final BlockingQueue<Work> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Thread writer;
  private volatile boolean closing;

  /** Starts the thread. */
  public Intake(Ledger ledger, Clock clock, Health health) {
    this.ledger = ledger;
    this.clock = clock;
    this.health = health;
    this.writer = new Thread(this::run, "cairn-writer");
    writer.start();
  }

  /**
   * Hands offers in. The future fails with a {@link StoreException} if nothing was kept.
   *
   * @throws RejectedExecutionException if too much is waiting already, or the server is closing
   */
  public CompletableFuture<List<Answer>> submit(Submission submission) {
    return enqueue(new Work(submission, null));
  }

  /** Hands offers in and waits for what became of them; not for the event loop. */
  public List<Answer> await(Submission submission) throws StoreException {
    try {
      return submit(submission).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException fault) {
        throw fault;
      }
      throw e;
    }
  }

  /** Creates a space; the future fails with what {@link Ledger#create} throws. */
  public CompletableFuture<List<Answer>> create(Secret code, List<Statement> statements) {
    List<Statement> first = List.copyOf(statements);
    return enqueue(new Work(null, now -> ledger.create(code, first, now)));
  }

  /** Something else that writes to the ledger, alone. */
  @FunctionalInterface
  public interface Writing {
    /** Does it, on the writing thread. */
    void run(Ledger ledger) throws Exception;
  }

  /** Does something that writes; the future fails with what it throws. */
  public CompletableFuture<List<Answer>> write(Writing writing) {
    return enqueue(
        new Work(
            null,
            now -> {
              writing.run(ledger);
              return List.of();
            }));
  }

  private CompletableFuture<List<Answer>> enqueue(Work work) {
    if (closing || !waiting.offer(work)) {
      throw new RejectedExecutionException("the intake is full or closing");
    }
    return work.answers;
  }

  private void run() {
    try {
      while (health.ok() && writeNext()) {
        // Until the end is handed in.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      health.fatal("the writer", e);
    } finally {
      if (!closing) {
        // A server whose writer is gone would let every push wait for ever.
        closing = true;
        health.fatal("the writer", new IllegalStateException("the writer has ended"));
      }
      refuseWaiting();
    }
  }

  /** Writes what waits; false when the end was handed in. */
  private boolean writeNext() throws InterruptedException {
    Work first = ledger.isScrubDue() ? waiting.poll(SCRUB_MILLIS, MILLISECONDS) : waiting.take();
    if (first == null) {
      ledger.scrub();
      return true;
    }
    List<Work> group = new ArrayList<>();
    Work last = gather(first, group);
    accept(group);
    if (last != null && !last.isEnd()) {
      alone(last);
    }
    return last == null || !last.isEnd();
  }

  /** Whoever slipped in behind the end hears that nothing became of it. */
  private void refuseWaiting() {
    for (Work late = waiting.poll(); late != null; late = waiting.poll()) {
      late.answers.completeExceptionally(new RejectedExecutionException("closed"));
    }
  }

  /** Adds pushes to the group up to a bound; returns what came after them and is none. */
  private @Nullable Work gather(Work first, List<Work> group) {
    Work next = first;
    int offers = 0;
    while (next != null) {
      if (next.submission == null) {
        return next;
      }
      group.add(next);
      offers += next.submission.offers().size();
      next = offers < OFFERS_PER_TRANSACTION_MAX ? waiting.poll() : null;
    }
    return null;
  }

  private void accept(List<Work> group) {
    if (group.isEmpty()) {
      return;
    }
    List<Submission> submissions = new ArrayList<>();
    for (Work work : group) {
      if (work.submission != null) {
        submissions.add(work.submission);
      }
    }
    try {
      List<List<Answer>> answers = ledger.accept(submissions, nowSeconds());
      for (int i = 0; i < group.size(); i++) {
        group.get(i).answers.complete(answers.get(i));
      }
    } catch (StoreException e) {
      group.forEach(work -> work.answers.completeExceptionally(e));
    } catch (Throwable e) {
      // Whatever it is: who waits must hear of it, and the others' changes must still be written.
      if (health.isFatal("the writer", e)) {
        group.forEach(work -> work.answers.completeExceptionally(e));
      } else {
        acceptAlone(group, e);
      }
    }
  }

  /** One submission that the ledger stumbles over must not take the others with it. */
  private void acceptAlone(List<Work> group, Throwable fault) {
    if (group.size() == 1) {
      group.get(0).answers.completeExceptionally(fault);
      return;
    }
    group.forEach(work -> accept(List.of(work)));
  }

  private void alone(Work work) {
    Alone alone = work.alone;
    if (alone == null) {
      return;
    }
    try {
      work.answers.complete(alone.run(nowSeconds()));
    } catch (Throwable e) {
      work.answers.completeExceptionally(e);
      health.isFatal("the writer", e);
    }
  }

  private long nowSeconds() {
    return Math.floorDiv(clock.millis(), MILLIS_PER_SECOND);
  }

  /** Finishes what was handed in, then stops. */
  @Override
  public void close() {
    closing = true;
    try {
      waiting.put(new Work(null, null));
      writer.join();
      refuseWaiting();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is not done together with other work. */
  @FunctionalInterface
  private interface Alone {
    List<Answer> run(long nowSeconds) throws Exception;
  }

  /** A push, something done alone, or with neither the end. */
  private static final class Work {
    final @Nullable Submission submission;
    final @Nullable Alone alone;
    final CompletableFuture<List<Answer>> answers = new CompletableFuture<>();

    Work(@Nullable Submission submission, @Nullable Alone alone) {
      this.submission = submission;
      this.alone = alone;
    }

    boolean isEnd() {
      return submission == null && alone == null;
    }
  }
}
