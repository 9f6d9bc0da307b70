package dev.cairn.server.http;

import dev.cairn.server.ledger.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Keeps the answers to a push in the order of its entries. They may come in another: one that is
 * ready at once overtakes one whose completion still waits for its turn on the event loop, and who
 * pushed would hold a receipt against the wrong leaves. For one thread.
 */
final class Turns {

  private final Deque<Turn> waiting = new ArrayDeque<>();

  /** Neighbouring entries on their way to the ledger, and what became of them. */
  static final class Turn {
    private final long first;
    private final int count;
    private final long bytes;
    private List<Answer> answers = List.of();
    private boolean answered;

    private Turn(long first, int count, long bytes) {
      this.first = first;
      this.count = count;
      this.bytes = bytes;
    }

    /** The number of the first entry. */
    long first() {
      return first;
    }

    /** How many entries. */
    int count() {
      return count;
    }

    /** How many bytes they took in flight. */
    long bytes() {
      return bytes;
    }

    /** One for each entry. */
    List<Answer> answers() {
      return answers;
    }
  }

  /** Takes a place in the order. */
  Turn begin(long first, int count, long bytes) {
    Turn turn = new Turn(first, count, bytes);
    waiting.add(turn);
    return turn;
  }

  /** Whether nothing waits for an answer. */
  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Notes answers, and gives all that can be passed on now, in order. */
  List<Turn> answered(Turn turn, List<Answer> given) {
    turn.answers = given;
    turn.answered = true;
    List<Turn> ready = new ArrayList<>();
    for (Turn next = waiting.peek(); next != null && next.answered; next = waiting.peek()) {
      ready.add(waiting.remove());
    }
    return ready;
  }
}
