package dev.cairn.cli.recovery;

import dev.cairn.cli.codes.Pictures;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.recovery.RecoveryShare;
import dev.cairn.protocol.recovery.RecoveryShares;
import dev.cairn.protocol.recovery.RecoverySheet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The shares that somebody brought together, and which of them are of no use. */
public final class GivenShares {

  private final Map<RecoveryShare, Path> shares = new LinkedHashMap<>();
  private final List<Useless> unreadable = new ArrayList<>();
  private final List<String> repeated = new ArrayList<>();

  private GivenShares() {}

  /**
   * What had no part in it.
   *
   * @param file where it was
   * @param index which share it says it is; nothing where it cannot be read
   * @param reason why
   */
  public record Useless(Path file, OptionalInt index, String reason) {

    @Override
    public String toString() {
      return file + (index.isPresent() ? ": share " + index.getAsInt() : "") + ": " + reason;
    }
  }

  /**
   * The secret, and what it was not made of.
   *
   * @param sheet the secret
   * @param useless what was left out, by file
   */
  public record Combined(RecoverySheet sheet, List<Useless> useless) {
    /** Keeps its own copy of the list. */
    public Combined {
      useless = List.copyOf(useless);
    }
  }

  /** Whether a file is, or shows, a share, and not the secret itself. */
  public static boolean isShare(byte[] content) {
    return Pictures.isPicture(content) || ShareFile.hasForm(content);
  }

  /** Reads files: sheets, shares typed again, pictures of codes. */
  public static GivenShares read(List<Path> files) throws IOException {
    GivenShares given = new GivenShares();
    for (Path file : files) {
      given.add(ShareFile.read(file));
    }
    return given;
  }

  private void add(ShareFile read) {
    for (RecoveryShare share : read.shares()) {
      Path before = shares.putIfAbsent(share, read.file());
      if (before != null && !before.equals(read.file())) {
        repeated.add(read.file() + ": the same share as " + before);
      }
    }
    for (String reason : read.unreadable()) {
      unreadable.add(new Useless(read.file(), OptionalInt.empty(), reason));
    }
  }

  /**
   * Combines them.
   *
   * @throws RefusedException {@link RecoveryShares#TOO_FEW}, with what is wrong with each
   */
  public Combined combine() throws RefusedException {
    RecoveryShares.Combined combined;
    try {
      combined = RecoveryShares.combine(shares.keySet());
    } catch (RefusedException refused) {
      throw new RefusedException(refused.code(), whyNot());
    }
    List<RecoveryShare> good = new ArrayList<>(shares.keySet());
    good.removeAll(combined.wrong());
    List<Useless> useless = new ArrayList<>();
    combined.wrong().forEach(share -> useless.add(useless(share, good.get(0))));
    useless.addAll(unreadable);
    return new Combined(combined.sheet(), useless);
  }

  private Useless useless(RecoveryShare share, RecoveryShare good) {
    Path file = shares.getOrDefault(share, Path.of(""));
    return new Useless(file, OptionalInt.of(share.index()), reason(share, good));
  }

  /** Why a share does not go with one that is taken for good. */
  private static String reason(RecoveryShare share, RecoveryShare good) {
    if (!share.space().equals(good.space())) {
      return "of another space, " + ShareSheet.space(share);
    }
    if (!share.commitment().equals(good.commitment())) {
      return "of another secret of this space";
    }
    if (share.threshold() != good.threshold()) {
      return "of another splitting, which needs " + share.threshold();
    }
    return "of another splitting of this secret, or altered";
  }

  /** What is told where there is no secret: of which shares there are most, and of each other. */
  private String whyNot() {
    List<String> said = new ArrayList<>();
    Optional<List<RecoveryShare>> most = most();
    if (most.isPresent()) {
      List<RecoveryShare> together = most.get();
      said.add(together(together));
      for (RecoveryShare share : shares.keySet()) {
        if (!together.contains(share)) {
          said.add(useless(share, together.get(0)).toString());
        }
      }
    } else {
      said.add("none of what was given is a recovery share");
    }
    unreadable.forEach(each -> said.add(each.toString()));
    said.addAll(repeated);
    return String.join("; ", said);
  }

  private String together(List<RecoveryShare> together) {
    int needed = together.get(0).threshold();
    int indices =
        together.stream()
            .map(RecoveryShare::index)
            .collect(Collectors.toCollection(TreeSet::new))
            .size();
    String listed =
        together.stream()
            .map(share -> "share " + share.index() + " (" + shares.get(share) + ")")
            .collect(Collectors.joining(", "));
    String here = needed + " shares of one secret are needed, and here are " + listed;
    return indices < needed
        ? here
        : here
            + ", which do not fit together: one at least was altered, or is of another splitting"
            + " of this secret. One more good share tells which";
  }

  /** The most that claim to be of one secret; of several, what was given first. */
  private Optional<List<RecoveryShare>> most() {
    Map<List<Object>, List<RecoveryShare>> groups = new LinkedHashMap<>();
    for (RecoveryShare share : shares.keySet()) {
      groups
          .computeIfAbsent(
              List.of(share.space(), share.commitment(), share.threshold()),
              any -> new ArrayList<>())
          .add(share);
    }
    List<RecoveryShare> most = List.of();
    for (List<RecoveryShare> group : groups.values()) {
      most = group.size() > most.size() ? group : most;
    }
    return most.isEmpty() ? Optional.empty() : Optional.of(most);
  }
}
