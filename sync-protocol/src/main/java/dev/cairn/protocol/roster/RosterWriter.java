package dev.cairn.protocol.roster;

import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.feed.Salt;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes statements that continue a state. Each method signs and returns one; it does not ask
 * whether the signer may, which {@link RosterState#verdict} tells once the statement is folded in.
 */
public final class RosterWriter {

  private final RosterState state;
  private final Randomness randomness;

  /** Continues this state: what it holds counts as seen. */
  public RosterWriter(RosterState state, Randomness randomness) {
    this.state = state;
    this.randomness = randomness;
  }

  /** Signs any content that needs nothing sealed. */
  public Statement sign(StatementContent content, SigningKey... signers) {
    return Statement.sign(
        state.space(), state.heads(), content, Salt.of(randomness.bytes(Salt.SIZE_BYTES)), signers);
  }

  /**
   * Lets a device in under an invitation.
   *
   * @param device the device's signing key
   * @param encryptionKey its public encryption key
   * @param oneTimeKey the invitation's
   * @throws IllegalStateException if the state has no desk epoch that the pseudonym could be sealed
   *     to
   */
  public Statement admission(
      StatementId invitation,
      SigningKey oneTimeKey,
      SigningKey device,
      EncryptionPublicKey encryptionKey,
      String pseudonym) {
    DeviceKeys keys = new DeviceKeys(idOf(device), encryptionKey);
    return sign(new Admission(invitation, keys, sealed(pseudonym, keys)), device, oneTimeKey);
  }

  /**
   * Says that fingerprint words were compared.
   *
   * @param entry the admission, from {@link RosterState#unconfirmed}
   */
  public Statement confirmation(DeviceEntry entry, SigningKey coordinator) {
    return sign(new Confirmation(entry.device(), entry.statement()), coordinator);
  }

  /**
   * Cuts a device off and lets stand what {@link #cut} finds.
   *
   * @param lastGood the heads of the device's feed as they should stay, and of each audience of it
   *     that can be read here: who reads that audience alone cannot go from one head of the feed to
   *     what he holds
   */
  public Statement suspension(
      DeviceId device, Collection<LastGood> lastGood, SigningKey coordinator) {
    return sign(cut(device, lastGood), coordinator);
  }

  /**
   * What a suspension or replacement says of a device: its statements that stand here stand, but
   * for suspensions that it signed after it had seen that it was cut off, and those of itself:
   * whoever stole its key could bound with them what a release may give back. Of more than may be
   * listed the oldest: nobody must be able to sign so much that he cannot be cut off.
   *
   * @param lastGood as in {@link #suspension}; null to bound no changes, never for a device that
   *     may decide
   */
  public Suspension cut(DeviceId device, @Nullable Collection<LastGood> lastGood) {
    return cut(device, lastGood, Limits.STANDING_STATEMENTS_MAX);
  }

  Suspension cut(DeviceId device, @Nullable Collection<LastGood> lastGood, int standingMax) {
    Set<StatementId> afterwards = state.ancestry().after(state.suspensionsOf(device));
    TreeSet<StatementId> standing = new TreeSet<>();
    for (Statement statement : state.ancestry().oldestFirst()) {
      boolean isLeftOut =
          statement.content() instanceof Suspension suspension
              && (suspension.device().equals(device) || afterwards.contains(statement.id()));
      if (standing.size() < standingMax
          && statement.signers().contains(device)
          && !isLeftOut
          && hasForce(statement)) {
        standing.add(statement.id());
      }
    }
    return new Suspension(
        device, lastGood == null ? null : Ascending.of(lastGood), List.copyOf(standing));
  }

  private boolean hasForce(Statement statement) {
    StatementVerdict verdict = state.verdict(statement);
    return verdict == StatementVerdict.STANDS || verdict == StatementVerdict.NEWER;
  }

  /**
   * Lets changes of a suspended device count again, as far as the suspensions go that count here
   * and that the signer may widen.
   *
   * @param upTo changes that count with all they continue
   * @param single changes that count by themselves
   * @throws IllegalArgumentException if there is no such suspension, or more than may be named
   */
  public Statement release(
      DeviceId device,
      Collection<LastGood> upTo,
      Collection<ChangeId> single,
      SigningKey coordinator) {
    return sign(
        new Release(
            device,
            state.widenedBy(idOf(coordinator), device),
            Ascending.of(upTo),
            Ascending.of(single)),
        coordinator);
  }

  /**
   * The same where more suspensions may cut the device off than one release can name: one statement
   * for each {@link Limits#RELEASE_SUSPENSIONS_MAX} of them.
   *
   * @return nothing if there is no such suspension
   */
  public List<Statement> releases(
      DeviceId device, Collection<LastGood> upTo, SigningKey coordinator) {
    List<StatementId> widened = state.widenedBy(idOf(coordinator), device);
    List<Statement> releases = new ArrayList<>();
    for (int from = 0; from < widened.size(); from += Limits.RELEASE_SUSPENSIONS_MAX) {
      int to = Math.min(widened.size(), from + Limits.RELEASE_SUSPENSIONS_MAX);
      List<StatementId> some = List.copyOf(widened.subList(from, to));
      releases.add(sign(new Release(device, some, Ascending.of(upTo), List.of()), coordinator));
    }
    return releases;
  }

  /**
   * Opens an epoch that supersedes every current one of the circle. Its seed is sealed to the
   * members and to the recovery key; that of a device's own circle to nobody.
   *
   * @param circle the circle; one that had no epoch yet is made by this
   * @param members devices that are in and not cut off; an own circle's is its device
   * @throws IllegalArgumentException if one of them is not in, cut off, or there are too many
   */
  public NewEpoch epoch(
      CircleId circle, String name, Collection<DeviceId> members, SigningKey author) {
    List<DeviceKeys> keys = new ArrayList<>();
    for (DeviceId member : new TreeSet<>(members)) {
      keys.add(keysOf(member));
    }
    boolean isOwn = circle.equals(Circles.device(idOf(author)));
    EncryptionKey key = EncryptionKey.generate(randomness);
    Epoch epoch =
        EpochWriter.write(
            state.space(),
            circle,
            name,
            key,
            keys,
            isOwn ? null : state.recovery().orElse(null),
            current(circle),
            randomness);
    return new NewEpoch(sign(epoch, author), key);
  }

  /**
   * Opens an epoch of the author's own circle. Its seed is in the result and nowhere else: who
   * loses it cannot open what is sealed to the epoch.
   */
  public NewEpoch ownEpoch(SigningKey author) {
    DeviceId device = idOf(author);
    return epoch(Circles.device(device), "", List.of(device), author);
  }

  private List<EpochId> current(CircleId circle) {
    List<EpochId> current = new ArrayList<>();
    state
        .circle(circle)
        .ifPresent(found -> found.current().forEach(epoch -> current.add(epoch.id())));
    return current.subList(0, Math.min(current.size(), Limits.SUPERSEDED_MAX));
  }

  /**
   * Hands the seeds of a circle's epochs to a device: those that the ring holds and that are not
   * sealed to the device already.
   *
   * @return as many grants as it takes; none if there is nothing to hand on
   * @throws IllegalArgumentException if the device is not in, or is cut off
   */
  public List<Statement> grants(
      CircleId circle, DeviceId device, EpochKeyRing ring, SigningKey coordinator) {
    return grants(circle, device, lacking(circle, device), ring, coordinator);
  }

  /**
   * The same for some of the epochs.
   *
   * @param epochs those to be handed on, if the device lacks them
   */
  public List<Statement> grants(
      CircleId circle,
      DeviceId device,
      Collection<EpochId> epochs,
      EpochKeyRing ring,
      SigningKey coordinator) {
    DeviceKeys keys = keysOf(device);
    TreeSet<EpochId> wanted = new TreeSet<>(lacking(circle, device));
    wanted.retainAll(epochs);
    List<Statement> grants = new ArrayList<>();
    List<GrantedSeed> seeds = new ArrayList<>();
    for (EpochId epoch : wanted) {
      Optional<EncryptionKey> held = ring.key(epoch);
      if (held.isPresent()) {
        SeedSeal.Purpose purpose = SeedSeal.Purpose.grant(state.space(), circle, epoch, device);
        seeds.add(
            new GrantedSeed(
                epoch,
                SeedSeal.seal(held.get().seed(), keys.encryptionKey(), purpose, randomness)));
      }
      if (seeds.size() == Limits.GRANT_EPOCHS_MAX) {
        grants.add(sign(new Grant(circle, device, seeds), coordinator));
        seeds = new ArrayList<>();
      }
    }
    if (!seeds.isEmpty()) {
      grants.add(sign(new Grant(circle, device, seeds), coordinator));
    }
    return grants;
  }

  /**
   * The epochs of a circle, ascending, that are neither sealed nor granted to a device.
   *
   * @param device in or not
   */
  public List<EpochId> lacking(CircleId circle, DeviceId device) {
    TreeSet<EpochId> lacking = new TreeSet<>();
    state
        .circle(circle)
        .ifPresent(
            found -> {
              for (EpochState epoch : found.epochs()) {
                if (!epoch.epoch().sealFor(device).isPresent()) {
                  lacking.add(epoch.id());
                }
              }
            });
    for (Statement statement : state.statements()) {
      if (statement.content() instanceof Grant grant
          && grant.device().equals(device)
          && state.verdict(statement) == StatementVerdict.STANDS) {
        grant.seeds().forEach(seed -> lacking.remove(seed.epoch()));
      }
    }
    return List.copyOf(lacking);
  }

  /**
   * Puts a new owner in place.
   *
   * @param recoveryKey the recovery pair's signing key
   * @param device the new owner's signing key
   * @param encryptionKey its public encryption key
   * @param suspended devices to cut off, from {@link #cut}
   */
  public Statement replacement(
      SigningKey recoveryKey,
      SigningKey device,
      EncryptionPublicKey encryptionKey,
      Collection<Suspension> suspended,
      String pseudonym) {
    DeviceKeys keys = new DeviceKeys(idOf(device), encryptionKey);
    List<Suspension> ascending = new ArrayList<>(suspended);
    ascending.sort(Comparator.comparing(Suspension::device));
    return sign(new Replacement(keys, ascending, sealed(pseudonym, keys)), recoveryKey, device);
  }

  /** Says where the server is from now on, in place of every move known so far. */
  public Statement move(
      ServerAddress address, LogKey log, EncryptionPublicKey bundleKey, SigningKey owner) {
    return sign(new Move(address, log, bundleKey, List.copyOf(state.moves().keySet())), owner);
  }

  private SealedPseudonym sealed(String pseudonym, DeviceKeys keys) {
    EpochKey desk =
        state
            .desk()
            .flatMap(state::writingKey)
            .orElseThrow(() -> new IllegalStateException("no desk epoch stands"));
    return SealedPseudonym.seal(pseudonym, keys.device(), desk.epoch(), desk.key(), randomness);
  }

  private DeviceKeys keysOf(DeviceId device) {
    Optional<DeviceEntry> entry = state.device(device);
    if (!entry.isPresent() || entry.get().isSuspended()) {
      throw new IllegalArgumentException("device is not in, or is cut off: " + device);
    }
    return entry.get().keys();
  }

  private static DeviceId idOf(SigningKey key) {
    return DeviceId.of(key.verifyingKey().bytes());
  }
}
