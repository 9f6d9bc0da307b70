package dev.cairn.client.space;

import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator says who reads together: makes circles, takes devices in and out, gives new keys.
 * Each act is one or more statements that are durable when the method returns and go out at the
 * next sync; what is refused has changed nothing. Devices' own circles are their own and refused.
 *
 * <p>Who is in a circle is given the whole roster: who reads others' reports must be able to check
 * their authors. So a reporter's phone in a circle lists the organisation to whoever opens it by
 * force.
 *
 * <p>Keys that were given cannot be taken back: a device that is taken out goes on reading what was
 * sealed to the keys it has, of which it fetches no more.
 *
 * <p>Not safe for use by several threads at once.
 *
 * <p>Source: docs/PROTOCOL.md, section 5, "State".
 */
public final class CircleKeys {

  private final Holdings holdings;
  private final @Nullable String newName;

  /** In the name of this device. */
  public CircleKeys(Holdings holdings) {
    this(holdings, null);
  }

  private CircleKeys(Holdings holdings, @Nullable String newName) {
    this.holdings = holdings;
    this.newName = newName;
  }

  /**
   * The same, but circles are called so from the next keys on. Needed for one whose name this
   * device cannot read; else what a circle is called stays.
   */
  public CircleKeys naming(String name) {
    return new CircleKeys(holdings, name);
  }

  /** Every circle but devices' own, ascending by id. */
  public List<CircleStatus> list() {
    RosterState roster = holdings.roster();
    List<CircleStatus> all = new ArrayList<>();
    for (CircleState circle : roster.circles()) {
      if (!NewKeys.isOwn(circle)) {
        all.add(status(roster, circle));
      }
    }
    return all;
  }

  private CircleStatus status(RosterState roster, CircleState circle) {
    Set<DeviceId> behind = NewKeys.membersLeft(roster, circle);
    circle
        .forWriting()
        .ifPresent(newest -> behind.removeIf(device -> newest.epoch().sealFor(device).isPresent()));
    return new CircleStatus(
        circle.id(),
        new CircleNames(holdings).of(circle),
        circle.members(),
        behind,
        circle.members().contains(holdings.device()),
        holdings.opens(circle.id()),
        circle.current().size());
  }

  /**
   * Makes a circle.
   *
   * @param name at most {@link Limits#NAME_SIZE_BYTES_MAX} bytes of UTF-8; only its members read it
   * @param members confirmed devices, at least one; this device is not added by itself
   * @return its id, taken by chance
   * @throws RefusedException {@code role.missing}, {@code circle.name}, {@code circle.taken},
   *     {@code circle.empty}, {@code circle.full}, {@code device.unknown}, {@code
   *     device.suspended}, {@code device.provisional}
   */
  public CircleId create(String name, Collection<DeviceId> members) throws CairnException {
    holdings.requireCoordinator();
    CircleId circle = CircleId.of(holdings.host().randomness().bytes(CircleId.SIZE_BYTES));
    String checked = checked(circle, name);
    TreeSet<DeviceId> all = new TreeSet<>(members);
    requireFit(all);
    requireRoom(all);
    send(new NewKeys(holdings, holdings.roster()).write(circle, checked, all, Set.of()));
    return circle;
  }

  /**
   * Takes devices in, under new keys. Who is in already and is to have the archive is handed what
   * he lacks of it, and no keys change for him.
   *
   * @return how many earlier keys there are that this device lacks itself and could not hand on; of
   *     those who were to have the archive, him who got least
   * @throws RefusedException as {@link #create}, and {@code circle.unknown}, {@code circle.own},
   *     {@code circle.desk}, {@code circle.unnamed}, {@code circle.member}
   */
  public int add(CircleId circle, Collection<DeviceId> devices, Archive archive)
      throws CairnException {
    CircleState found = require(circle);
    TreeSet<DeviceId> added = new TreeSet<>(devices);
    requireFit(added);
    if (circle.equals(holdings.desk())) {
      requireCoordinators(added);
    }
    Set<DeviceId> members = NewKeys.membersLeft(holdings.roster(), found);
    boolean isNews = members.addAll(added) || found.current().size() > 1;
    if (!isNews && archive == Archive.FROM_TODAY) {
      throw new RefusedException("circle.member", "it is in this circle already");
    }
    Collection<DeviceId> withArchive = archive == Archive.ALL ? added : Set.of();
    if (isNews) {
      requireRoom(members);
      String name = nameFor(found);
      send(new NewKeys(holdings, holdings.roster()).write(circle, name, members, withArchive));
    } else {
      hand(circle, withArchive);
    }
    return withArchive.stream().mapToInt(device -> lacking(circle, device)).max().orElse(0);
  }

  private void hand(CircleId circle, Collection<DeviceId> devices) throws CairnException {
    RosterWriter writer = new RosterWriter(holdings.roster(), holdings.host().randomness());
    List<Statement> grants = new ArrayList<>();
    for (DeviceId device : devices) {
      grants.addAll(
          writer.grants(circle, device, holdings.book().keys(), holdings.identity().signingKey()));
    }
    send(grants);
  }

  private int lacking(CircleId circle, DeviceId device) {
    return new RosterWriter(holdings.roster(), holdings.host().randomness())
        .lacking(circle, device)
        .size();
  }

  /**
   * Takes devices out: new keys for those who stay. What was sealed to the keys they have stays
   * readable to them if it is in their hands; they fetch no more of it.
   *
   * @throws RefusedException {@code role.missing}, {@code circle.unknown}, {@code circle.own},
   *     {@code circle.desk}, {@code circle.stranger}, {@code circle.empty}, {@code circle.unnamed}
   */
  public void remove(CircleId circle, Collection<DeviceId> devices) throws CairnException {
    CircleState found = require(circle);
    for (DeviceId device : devices) {
      if (!found.members().contains(device)) {
        throw new RefusedException("circle.stranger", "it is not in this circle: " + device);
      }
      boolean coordinates =
          holdings.roster().device(device).map(DeviceEntry::coordinates).orElse(false);
      if (coordinates && circle.equals(holdings.desk())) {
        throw new RefusedException(
            "circle.desk", "the coordinators' circle is every coordinator's: suspend the device");
      }
    }
    Set<DeviceId> members = NewKeys.membersLeft(holdings.roster(), found);
    members.removeAll(devices);
    renew(found, members);
  }

  /**
   * Gives a circle new keys, for those of its members that are not cut off. If several coordinators
   * had given it some at once, these take the place of all of them.
   *
   * @throws RefusedException {@code role.missing}, {@code circle.unknown}, {@code circle.own},
   *     {@code circle.empty}, {@code circle.full}, {@code circle.unnamed}
   */
  public void rekey(CircleId circle) throws CairnException {
    CircleState found = require(circle);
    renew(found, NewKeys.membersLeft(holdings.roster(), found));
  }

  private void renew(CircleState circle, Set<DeviceId> members) throws CairnException {
    requireRoom(members);
    String name = nameFor(circle);
    send(new NewKeys(holdings, holdings.roster()).write(circle.id(), name, members, Set.of()));
  }

  private void send(List<Statement> statements) throws CairnException {
    if (!statements.isEmpty()) {
      new LettingIn(holdings).send(statements);
    }
  }

  // What is asked first.

  private CircleState require(CircleId circle) throws CairnException {
    holdings.requireCoordinator();
    boolean isOwn =
        holdings.roster().devices().stream()
            .anyMatch(entry -> Circles.device(entry.device()).equals(circle));
    if (isOwn) {
      throw new RefusedException("circle.own", "it is a device's own circle, which stays its own");
    }
    CircleState found =
        holdings
            .roster()
            .circle(circle)
            .orElseThrow(() -> new RefusedException("circle.unknown", "there is no such circle"));
    if (new NewKeys(holdings, holdings.roster()).isHalfHeard(found)) {
      throw new RefusedException(
          "circle.half-heard",
          "this device has heard of the circle's newest keys by hand, and not of all who are in"
              + " it: sync first");
    }
    return found;
  }

  private void requireFit(Collection<DeviceId> devices) throws RefusedException {
    for (DeviceId device : devices) {
      Optional<DeviceEntry> entry = holdings.roster().device(device);
      if (!entry.isPresent()) {
        throw new RefusedException("device.unknown", "there is no such device: " + device);
      }
      if (entry.get().isSuspended()) {
        throw new RefusedException("device.suspended", "it was cut off: " + device);
      }
      if (entry.get().state() != DeviceEntry.State.CONFIRMED) {
        throw new RefusedException(
            "device.provisional", "compare its words and confirm it first: " + device);
      }
    }
  }

  private void requireCoordinators(Collection<DeviceId> devices) throws RefusedException {
    for (DeviceId device : devices) {
      if (!holdings.roster().device(device).map(DeviceEntry::coordinates).orElse(false)) {
        throw new RefusedException(
            "circle.desk", "the coordinators' circle is for coordinators' devices only");
      }
    }
  }

  static void requireRoom(Collection<DeviceId> members) throws RefusedException {
    if (members.isEmpty()) {
      throw new RefusedException("circle.empty", "nobody would be left to read it");
    }
    if (members.size() > Limits.EPOCH_MEMBERS_MAX) {
      throw new RefusedException(
          "circle.full", "a circle has at most " + Limits.EPOCH_MEMBERS_MAX + " devices");
    }
  }

  private String nameFor(CircleState circle) throws RefusedException {
    String asked = newName;
    if (asked != null) {
      return checked(circle.id(), asked);
    }
    return new CircleNames(holdings)
        .of(circle)
        .orElseThrow(
            () ->
                new RefusedException(
                    "circle.unnamed",
                    "this device cannot read what the circle is called: name it anew, or let a"
                        + " coordinator do it who is in it"));
  }

  /** A name that people can tell from others, as far as this device can read them. */
  private String checked(CircleId circle, String name) throws RefusedException {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    boolean isText =
        name.indexOf('\0') < 0 && new String(utf8, StandardCharsets.UTF_8).equals(name);
    if (!isText || name.trim().isEmpty() || utf8.length > Limits.NAME_SIZE_BYTES_MAX) {
      throw new RefusedException(
          "circle.name",
          "a circle's name is text of at most " + Limits.NAME_SIZE_BYTES_MAX + " bytes");
    }
    boolean isReserved =
        name.equalsIgnoreCase(CircleNames.DESK) || name.equalsIgnoreCase(CircleNames.OWN);
    if (isReserved || circle.equals(holdings.desk())) {
      throw new RefusedException(
          "circle.name", "desk and own are the names of circles that every space has");
    }
    for (CircleStatus other : list()) {
      if (!other.id().equals(circle) && other.name().equals(Optional.of(name))) {
        throw new RefusedException("circle.taken", "another circle is called so");
      }
    }
    return name;
  }
}
