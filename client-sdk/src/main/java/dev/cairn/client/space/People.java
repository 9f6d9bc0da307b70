package dev.cairn.client.space;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.Identity;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.Admission;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.Fingerprint;
import dev.cairn.protocol.roster.InvitationState;
import dev.cairn.protocol.roster.Move;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.roster.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who is in the space and which circles there are, as far as this device may know. */
public final class People {

  private static final String WORDS_SEPARATOR = "-";

  private final Holdings holdings;

  /** As this device sees it. */
  public People(Holdings holdings) {
    this.holdings = holdings;
  }

  /** Who this device is. */
  public DeviceProfile profile() {
    Identity identity = holdings.identity();
    Optional<DeviceEntry> entry = holdings.roster().device(identity.device());
    return new DeviceProfile(
        identity.space(),
        identity.device(),
        entry.map(DeviceEntry::member).orElse(identity.member()),
        entry.map(DeviceEntry::role).orElse(identity.role()),
        entry.map(each -> each.state() == DeviceEntry.State.CONFIRMED).orElse(false),
        identity.pseudonym(),
        identity.sealMode(),
        server(),
        String.join(WORDS_SEPARATOR, Fingerprint.words(identity.space(), identity.keys())));
  }

  /** Where the server is: the latest move, else where it was when the store was made. */
  public ServerAddress server() {
    return holdings.roster().move().map(Move::address).orElse(holdings.identity().server());
  }

  /** Every device this one knows of. */
  public List<DeviceInfo> devices() {
    List<DeviceInfo> devices = new ArrayList<>();
    Map<DeviceId, InvitationUse> invited = invited(holdings.roster());
    for (DeviceEntry entry : holdings.roster().devices()) {
      devices.add(
          DeviceInfo.of(
              holdings.roster(),
              entry,
              pseudonym(entry),
              Optional.ofNullable(invited.get(entry.device()))));
    }
    return devices;
  }

  /** Of each device that came in under an invitation, how that was used. */
  private static Map<DeviceId, InvitationUse> invited(RosterState roster) {
    Map<StatementId, List<DeviceEntry>> byInvitation = new HashMap<>();
    for (DeviceEntry entry : roster.devices()) {
      Optional<Statement> statement = roster.statement(entry.statement());
      if (statement.isPresent() && statement.get().content() instanceof Admission admission) {
        byInvitation.computeIfAbsent(admission.invitation(), any -> new ArrayList<>()).add(entry);
      }
    }
    Map<DeviceId, InvitationUse> invited = new HashMap<>();
    byInvitation.forEach(
        (id, entries) -> {
          Optional<InvitationState> invitation = roster.invitation(id);
          if (invitation.isPresent()) {
            InvitationUse use = use(invitation.get(), entries);
            entries.forEach(entry -> invited.put(entry.device(), use));
          }
        });
    return invited;
  }

  private static InvitationUse use(InvitationState invitation, List<DeviceEntry> entries) {
    int devices = 0;
    int waiting = 0;
    for (DeviceEntry entry : entries) {
      devices += entry.isSuspended() ? 0 : 1;
      waiting += entry.state() == DeviceEntry.State.PROVISIONAL ? 1 : 0;
    }
    return new InvitationUse(invitation.id(), invitation.invitation().uses(), devices, waiting);
  }

  private Optional<String> pseudonym(DeviceEntry entry) {
    if (entry.device().equals(holdings.device())) {
      return Optional.of(holdings.identity().pseudonym());
    }
    return Pseudonyms.open(entry, holdings.roster(), holdings.book()::key);
  }

  /** The circles this device may write to: all but other devices' own. */
  public List<CircleInfo> circles() {
    Set<CircleId> own = new TreeSet<>();
    for (DeviceEntry entry : holdings.roster().devices()) {
      own.add(Circles.device(entry.device()));
    }
    List<CircleInfo> circles = new ArrayList<>();
    CircleNames names = new CircleNames(holdings);
    for (CircleState circle : holdings.roster().circles()) {
      boolean mine = circle.id().equals(holdings.identity().ownCircle());
      if (mine || !own.contains(circle.id())) {
        circles.add(new CircleInfo(circle.id(), names.of(circle), holdings.reads(circle.id())));
      }
    }
    return circles;
  }
}
