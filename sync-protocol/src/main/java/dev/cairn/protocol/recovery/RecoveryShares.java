package dev.cairn.protocol.recovery;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Randomness;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Splits a recovery secret so that some of its shares, and no fewer, give it back.
 *
 * <p>Source: A. Shamir, "How to Share a Secret", 1979, over the field of AES.
 */
public final class RecoveryShares {

  /** The code of the refusal when there are not enough good shares of one secret. */
  public static final String TOO_FEW = "recovery-shares-too-few";

  private RecoveryShares() {}

  /**
   * What shares gave.
   *
   * @param sheet the secret and its space
   * @param wrong the shares that had no part in it: of another secret, or altered
   */
  public record Combined(RecoverySheet sheet, List<RecoveryShare> wrong) {
    /** Keeps its own copy of the list. */
    public Combined {
      wrong = List.copyOf(wrong);
    }
  }

  /**
   * Splits a secret.
   *
   * @param count how many shares there are to be, at most {@link Limits#RECOVERY_SHARES_MAX}
   * @param threshold how many of them give the secret, at least two
   */
  public static List<RecoveryShare> split(
      RecoverySheet sheet, int count, int threshold, Randomness randomness) {
    if (threshold < 2 || count < threshold || count > Limits.RECOVERY_SHARES_MAX) {
      throw new IllegalArgumentException(threshold + " of " + count + " shares");
    }
    Digest commitment = sheet.secret().commitment();
    List<RecoveryShare> shares = new ArrayList<>(count);
    Shamir.split(sheet.secret().secret(), count, threshold, randomness)
        .forEach(
            (index, value) ->
                shares.add(new RecoveryShare(sheet.space(), index, threshold, commitment, value)));
    return shares;
  }

  /**
   * Combines shares, more than needed if they are there: then a wrong one among them is found.
   *
   * @throws RefusedException {@link #TOO_FEW} if no secret has enough good shares here
   */
  public static Combined combine(Collection<RecoveryShare> shares) throws RefusedException {
    int most = 0;
    for (List<RecoveryShare> group : groups(shares)) {
      most = Math.max(most, group.size());
      List<RecoveryShare> chosen = new ArrayList<>();
      if (group.size() <= Limits.RECOVERY_SHARES_MAX && choose(group, 0, chosen)) {
        RecoverySecret secret = RecoverySecret.of(Shamir.combine(chosen));
        List<RecoveryShare> wrong = new ArrayList<>(shares);
        wrong.removeIf(share -> group.contains(share) && fits(share, chosen));
        return new Combined(new RecoverySheet(group.get(0).space(), secret), wrong);
      }
    }
    throw new RefusedException(
        TOO_FEW, "not enough shares that fit together; the most of one secret are " + most);
  }

  /** Shares that claim to be of one secret, none of them twice. */
  private static Collection<List<RecoveryShare>> groups(Collection<RecoveryShare> shares) {
    Map<List<Object>, List<RecoveryShare>> groups = new LinkedHashMap<>();
    for (RecoveryShare share : new LinkedHashSet<>(shares)) {
      groups
          .computeIfAbsent(
              List.of(share.space(), share.threshold(), share.commitment()),
              any -> new ArrayList<>())
          .add(share);
    }
    return groups.values();
  }

  /** Tries every choice of as many shares as needed until one gives the secret committed to. */
  private static boolean choose(List<RecoveryShare> group, int from, List<RecoveryShare> chosen) {
    if (chosen.size() == group.get(0).threshold()) {
      return giveTheirSecret(chosen);
    }
    for (int i = from; i < group.size(); i++) {
      RecoveryShare next = group.get(i);
      if (chosen.stream().noneMatch(share -> share.index() == next.index())) {
        chosen.add(next);
        if (choose(group, i + 1, chosen)) {
          return true;
        }
        chosen.remove(chosen.size() - 1);
      }
    }
    return false;
  }

  /** Whether a share lies on the same curve: in the place of another it gives the same secret. */
  private static boolean fits(RecoveryShare share, List<RecoveryShare> chosen) {
    List<RecoveryShare> exchanged = new ArrayList<>(chosen);
    if (!exchanged.removeIf(other -> other.index() == share.index())) {
      exchanged.remove(0);
    }
    exchanged.add(share);
    return giveTheirSecret(exchanged);
  }

  private static boolean giveTheirSecret(List<RecoveryShare> chosen) {
    RecoverySecret secret = RecoverySecret.of(Shamir.combine(chosen));
    try {
      return secret.commitment().equals(chosen.get(0).commitment());
    } finally {
      secret.wipe();
    }
  }
}
