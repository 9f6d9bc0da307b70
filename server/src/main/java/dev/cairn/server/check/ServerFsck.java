package dev.cairn.server.check;

import dev.cairn.protocol.id.SpaceId;
import dev.cairn.server.attachment.AttachmentFiles;
import dev.cairn.server.directory.StoreBusyException;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** Checks a data directory from the bottom: nothing in it is believed because it is stored. */
public final class ServerFsck {

  private ServerFsck() {}

  /**
   * Something that does not hold.
   *
   * @param kind a stable word
   * @param where position, name or size, and the space
   */
  public record Problem(String kind, String where) {}

  /**
   * What was found.
   *
   * @param checked how many of what
   */
  public record Report(SortedMap<String, Long> checked, List<Problem> problems) {
    /** Takes a copy of the problems. */
    public Report {
      problems = List.copyOf(problems);
    }

    /** Whether everything holds. */
    public boolean ok() {
      return problems.isEmpty();
    }
  }

  /**
   * Checks every space: each statement's and frame's signatures, each feed's chains, the tree from
   * its leaves up, every checkpoint ever signed, every attachment's hash.
   *
   * @throws StoreBusyException if a server is running on the directory
   * @throws StoreException if the file cannot be read at all
   */
  public static Report check(Path data) throws IOException, StoreBusyException, StoreException {
    Findings findings = new Findings();
    try (OpenLedger open = OpenLedger.open(data);
        LedgerView view = open.store().view()) {
      AttachmentFiles files = new AttachmentFiles(open.directory().attachments());
      for (SpaceId space : view.spaces()) {
        findings.count("spaces");
        SpaceCheck check = new SpaceCheck(view, space, open.logKeys(), findings);
        try {
          check.run();
        } catch (StoreException e) {
          findings.problem("entry", space, e.code());
        }
        findings.count("attachments", files.completeCount(space));
        for (String name : files.damaged(space)) {
          findings.problem("attachment", space, name);
        }
      }
    }
    return findings.report();
  }
}
