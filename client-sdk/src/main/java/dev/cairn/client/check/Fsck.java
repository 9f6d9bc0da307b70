package dev.cairn.client.check;

import dev.cairn.client.check.FsckReport.Problem;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.Mending;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.StoreException;
import dev.cairn.protocol.CairnException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks a store from end to end: that every row opens, that the device's own feed is a signed
 * chain, that receipts prove what they are kept for, that keys and content fit each other. It
 * changes nothing, but where something is missing that the log has: then the next sync reads the
 * log from the start.
 */
public final class Fsck {

  /** Problems with what the log has, and so can give once more. */
  private static final Set<String> FETCHED =
      new HashSet<>(Arrays.asList("change.lost", "change.place", "log.leaves", "log.lost"));

  private final Holdings holdings;
  private final Map<String, Long> checked = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private Fsck(Holdings holdings) {
    this.holdings = holdings;
  }

  /** Checks. */
  public static FsckReport check(Holdings holdings) throws CairnException {
    return new Fsck(holdings).report();
  }

  private FsckReport report() throws CairnException {
    if (rowsOpen()) {
      part("rows", rows -> new TallyCheck(this).check(rows));
      part("feed", rows -> new FeedCheck(holdings, this).check(rows));
      part(
          "changes of others",
          rows -> new OthersCheck(holdings.roster(), holdings.device(), this).check(rows));
      LogCheck log = new LogCheck(holdings, this);
      part("log", log::check);
      part("receipts", rows -> new ReceiptCheck(holdings, log, this).check(rows));
      part("records", rows -> new RecordCheck(holdings, this).check(rows));
      part("files", rows -> new FileCheck(holdings, this).check(rows));
    }
    if (problems.stream().anyMatch(Fsck::isFetchedAgain)) {
      Mending.begin(holdings);
      checked("to_fetch_again", 1);
    }
    return new FsckReport(checked, problems);
  }

  private static boolean isFetchedAgain(Problem problem) {
    return FETCHED.contains(problem.kind())
        || (problem.kind().equals(TallyCheck.ALTERED)
            && Mending.FETCHED.stream()
                .anyMatch(table -> TallyCheck.where(table).equals(problem.where())));
  }

  private boolean rowsOpen() {
    try {
      checked("rows", holdings.store().check());
      return true;
    } catch (CairnException e) {
      problem(e.code(), "rows");
      return false;
    }
  }

  /** One part of the check. */
  @FunctionalInterface
  private interface Part {
    void check(SealedRows rows) throws CairnException;
  }

  private void part(String name, Part part) {
    try {
      holdings
          .store()
          .read(
              rows -> {
                part.check(rows);
                return Boolean.TRUE;
              });
    } catch (StoreException e) {
      problem(e.code(), name);
    } catch (CairnException e) {
      problem("store.corrupt", name);
    }
  }

  void checked(String kind, long count) {
    checked.merge(kind, count, Long::sum);
  }

  void problem(String kind, String where) {
    problems.add(new Problem(kind, where));
  }
}
