package dev.cairn.protocol.roster;

import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.StatementId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a reporter's device is given of the roster, so that a phone opened by force does not list
 * the organisation: its own member's admissions, the coordinators', the keys of the circles it
 * writes to, and who of those named in them is cut off. Other reporters' admissions are left out,
 * and with them whatever says who invited them.
 *
 * <p>Suspensions that do not count are left out. What makes one void is a suspension of its signer
 * or of whom he rests on, by a higher rank; these are coordinators, whose suspensions are all
 * given. So who holds this part, and whatever else, finds the same suspensions of the devices in
 * it.
 */
final class ReporterView {

  private final RosterState state;
  private final Set<DeviceId> known = new HashSet<>();
  private final Set<DeviceId> named = new HashSet<>();
  private final Set<DeviceId> grantees = new HashSet<>();
  private final Set<StatementId> invitations = new HashSet<>();
  private final Set<CircleId> circles = new TreeSet<>();

  /** Begins with whoever ever coordinated: what still stands may rest on them. */
  private ReporterView(RosterState state) {
    this.state = state;
    known.addAll(state.everCoordinators());
    state.desk().ifPresent(circles::add);
  }

  static List<Statement> of(RosterState state, DeviceId device) {
    ReporterView view = new ReporterView(state);
    view.include(device);
    return view.statements();
  }

  static List<Statement> of(RosterState state, InvitationState invitation) {
    ReporterView view = new ReporterView(state);
    view.invitations.add(invitation.id());
    view.circles.addAll(invitation.invitation().circles());
    return view.statements();
  }

  /** The device with its member's others, and the circles they write to, read, and read once. */
  private void include(DeviceId device) {
    known.add(device);
    grantees.add(device);
    Optional<MemberId> member = state.member(device);
    for (DeviceEntry entry : state.devices()) {
      if (member.isPresent() && member.get().equals(entry.member())) {
        known.add(entry.device());
      }
    }
    circles.add(Circles.device(device));
    circles.addAll(onceReadableBy(device));
    for (InvitationState invitation : state.invitations()) {
      if (invitation.admitted().contains(device)) {
        circles.addAll(invitation.invitation().circles());
      }
    }
  }

  /** Also those it was removed from: who is not told that he is out goes on writing as one in. */
  private Set<CircleId> onceReadableBy(DeviceId device) {
    Set<CircleId> readable = new TreeSet<>(state.readableBy(device));
    if (!state.isSuspended(device)) {
      for (CircleState circle : state.circles()) {
        if (circle.epochs().stream().anyMatch(each -> each.epoch().sealFor(device).isPresent())) {
          readable.add(circle.id());
        }
      }
    }
    return readable;
  }

  /** Whoever is known for a member's further device is so by the member's first. */
  private void collectFirstDevices() {
    for (DeviceId device : List.copyOf(known)) {
      state.member(device).ifPresent(member -> known.add(DeviceId.of(member.bytes())));
    }
  }

  private void collectInvitations() {
    for (Statement statement : state.statements()) {
      if (statement.content() instanceof Admission admission
          && known.contains(admission.keys().device())) {
        invitations.add(admission.invitation());
      }
    }
  }

  private void collectNamed() {
    for (CircleState circle : state.circles()) {
      if (circles.contains(circle.id())) {
        circle
            .epochs()
            .forEach(epoch -> epoch.epoch().members().forEach(each -> named.add(each.device())));
      }
    }
  }

  private List<Statement> statements() {
    collectFirstDevices();
    collectInvitations();
    collectNamed();
    List<Statement> view = new ArrayList<>();
    for (Statement statement : state.statements()) {
      StatementVerdict verdict = state.verdict(statement);
      if (verdict != StatementVerdict.POWERLESS && isForReporter(statement, verdict)) {
        view.add(statement);
      }
    }
    return view;
  }

  private boolean isForReporter(Statement statement, StatementVerdict verdict) {
    StatementContent content = statement.content();
    return switch (statement.kind()) {
      case GENESIS, MOVE, GENERATION, REPLACEMENT -> true;
      case INVITATION -> invitations.contains(statement.id());
      case ADMISSION -> known.contains(((Admission) content).keys().device());
      case CONFIRMATION -> known.contains(((Confirmation) content).device());
      case SUSPENSION ->
          verdict == StatementVerdict.STANDS && concerns(((Suspension) content).device());
      case RELEASE -> concerns(((Release) content).device());
      case NEWER -> false;
      case EPOCH -> circles.contains(((Epoch) content).circle());
      case GRANT -> grantees.contains(((Grant) content).device());
    };
  }

  private boolean concerns(DeviceId other) {
    return known.contains(other) || named.contains(other);
  }
}
