package dev.cairn.desk.review;

import dev.cairn.desk.merged.AddressedChange;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.merge.MergeChange;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Withdraws what somebody wrote, for everybody: the one way in which content goes. The erasure
 * names the change to the server, and tells those who could read it what a merge must know of it,
 * so that all agree who held the content and who never did. It cannot be taken back.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Erasing {

  private final Holdings holdings;

  /** Erases what is held. */
  public Erasing(Holdings holdings) {
    this.holdings = holdings;
  }

  /**
   * What was written.
   *
   * @param record whose change it was
   * @param change the erasure
   * @param tellsAuthor whether it goes to the device that wrote the erased change, too: not where
   *     that device was cut off, or the change was for as many circles as one can be for
   */
  public record Erasure(RecordId record, ChangeId change, boolean tellsAuthor) {}

  /**
   * Withdraws the content of a change, to everybody who could read it, and to its author. What is
   * gone already, by a withdrawal that does not count any more, is withdrawn again.
   *
   * @param reason why, for those who could read the change; the server does not see it
   * @throws RefusedException {@code role.missing} from a coordinator who is not confirmed or was
   *     cut off; {@code change.unknown}; {@code change.session} and {@code change.erasure} of what
   *     cannot be erased; {@code change.erased} if it was; {@code change.unreadable} if what it
   *     says cannot be told from here; {@code circle.unknown} if it was for a circle that this
   *     device cannot write to
   */
  public Erasure erase(ChangeId erased, String reason) throws CairnException {
    if (!holdings.mayErase()) {
      throw new RefusedException(
          "role.missing", "only a confirmed coordinator who was not cut off withdraws anything");
    }
    Label target = target(erased);
    Optional<AddressedChange> said = holdings.records().change(erased);
    RecordId record = said.isPresent() ? said.get().change().record() : recordOfGone(erased);
    RecordState state =
        holdings
            .records()
            .state(record)
            .orElseThrow(() -> new IllegalStateException("a change that opens is of a record"));
    Set<CircleId> audience = new TreeSet<>(target.audience().circles());
    Optional<CircleId> author = holdings.ownCircle(target.device());
    boolean tells = author.isPresent() && audience.contains(author.get());
    if (author.isPresent() && audience.size() < Limits.AUDIENCE_CIRCLES_MAX) {
      audience.add(author.get());
      tells = true;
    }
    ChangeId erasure =
        holdings.erase(
            record,
            state.kind(),
            state.heads(),
            audience,
            said.isPresent() ? account(said.get().change(), reason) : gone(target, reason));
    return new Erasure(record, erasure, tells);
  }

  private Label target(ChangeId erased) throws CairnException {
    Label label = label(erased);
    if (label.opensSession()) {
      throw new RefusedException(
          "change.session", "this change opens a session; it says nothing that could be withdrawn");
    }
    if (label.namesErased()) {
      throw new RefusedException(
          "change.erasure", "this change withdraws another; a withdrawal stays");
    }
    if (holdings.records().isErased(erased)) {
      throw new RefusedException("change.erased", "this change is withdrawn already");
    }
    return label;
  }

  /**
   * Of which record a change was whose content is gone, and whose withdrawal does not count any
   * more: its author was cut off for an earlier time. Nothing brings the content back, and a log
   * that never had the change takes it only once somebody withdraws it again.
   */
  private RecordId recordOfGone(ChangeId erased) throws CairnException {
    Optional<AddressedChange> naming = holdings.records().naming(erased);
    if (naming.isEmpty() || !holdings.isBare(erased)) {
      throw new RefusedException(
          "change.unreadable",
          "this desk cannot open the change, so it cannot tell what is withdrawn");
    }
    return naming.get().change().record();
  }

  /** Of what it said nothing is known but whose word it was. */
  private static Operation.Erase gone(Label target, String reason) {
    return new Operation.Erase(
        target.change(), target.device(), false, List.of(), List.of(), reason);
  }

  private Label label(ChangeId change) throws CairnException {
    for (Label label : holdings.labels()) {
      if (label.change().equals(change)) {
        return label;
      }
    }
    throw new RefusedException("change.unknown", "there is no such change here");
  }

  /**
   * What a merge must know of the change. The field of a decision is not among its fields: they
   * stand for statements of its author, and an erased decision takes back none of these.
   */
  private static Operation.Erase account(MergeChange said, String reason) {
    Set<Field> fields = new TreeSet<>();
    for (Operation operation : said.operations()) {
      if (operation instanceof Operation.Assert stated) {
        fields.add(stated.field());
      } else if (operation instanceof Operation.Add added) {
        fields.add(added.field());
      } else if (operation instanceof Operation.Remove removed) {
        fields.add(removed.field());
      }
    }
    List<Field> told = new ArrayList<>(fields);
    return new Operation.Erase(
        said.id(),
        said.device(),
        said.opens(),
        said.parents(),
        told.subList(0, Math.min(told.size(), Limits.ERASED_FIELDS_MAX)),
        reason);
  }
}
