package dev.cairn.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.simulation.audit.Auditor;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Disk;
import dev.cairn.simulation.disk.Disks;
import dev.cairn.simulation.network.LinkPlan;
import dev.cairn.simulation.network.SimulatedLink;
import dev.cairn.simulation.server.ServerMachine;
import dev.cairn.simulation.server.SimulatedServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenes after a server has burnt: an owner leads the space to another, and links are bad. */
final class BurntServerTest {

  @TempDir private Path folder;
  private final List<ServerMachine> servers = new ArrayList<>();
  private Stage stage;
  private Roads roads;
  private Machine owner;
  private Machine phone;

  @BeforeEach
  void begin() throws CairnException {
    stage = new Stage(7, folder, new Auditor(), Cast.of(7, folder), Disks.SIMULATED);
    roads = new Roads(stage, new Attempt(stage), new Liar(stage, false));
    stage.server.start();
    owner = stage.desks.get(0);
    phone = stage.phones.get(0);
  }

  @AfterEach
  void end() {
    stage.people().forEach(Machine::close);
    stage.server.close();
    servers.forEach(ServerMachine::close);
  }

  private ServerMachine another() throws CairnException {
    Path place = folder.resolve("another-" + servers.size());
    ServerMachine server = ServerMachine.make(place, stage.serverClock, stage.chance);
    server.start();
    servers.add(server);
    return server;
  }

  private Transport link(ServerMachine server, LinkPlan plan) {
    SimulatedServer honest = new SimulatedServer(server);
    return new SimulatedLink(honest::answer, server::stop, plan, stage);
  }

  private long move(Machine by, ServerMachine server, byte[] invitation, LinkPlan plan)
      throws CairnException {
    return by.device()
        .moveSpace(invitation, (address, pin) -> link(server, plan), SyncListener.NONE);
  }

  private LogHead head(ServerMachine server) {
    return server.ledger().snapshot(stage.space()).orElseThrow().head();
  }

  private ReportState state(RecordId record) throws CairnException {
    return phone.device().list().stream()
        .filter(each -> each.record().equals(record))
        .map(ReportStatus::state)
        .findFirst()
        .orElseThrow();
  }

  /** How often a move that is cut after so many bytes is found done, or not done, and goes on. */
  private int[] cutAndDoneAgain(boolean up, int stepBytes, int bytesMax) throws CairnException {
    int cut = 0;
    int whole = 0;
    Disk.Copy image = owner.disk().image();
    for (int bytes = 0; bytes < bytesMax; bytes += stepBytes) {
      ServerMachine server = another();
      byte[] invitation = server.invitation();
      long none = Long.MAX_VALUE;
      LinkPlan plan =
          new LinkPlan(up ? bytes : none, up ? none : bytes, true, 64, Integer.MAX_VALUE);
      try {
        move(owner, server, invitation, plan);
        whole++;
      } catch (CairnException lost) {
        cut++;
      }
      server.start();
      assertThat(move(owner, server, invitation, LinkPlan.GOOD)).isEqualTo(1);
      owner.desk().sync(link(server, LinkPlan.GOOD), SyncListener.NONE);
      assertThat(head(server).generation()).isEqualTo(1);
      assertThat(owner.device().serverLied()).isFalse();
      server.close();
      owner.close();
      owner.disk().restore(image);
    }
    return new int[] {cut, whole};
  }

  @Test
  void move_whoseRequestIsCutAnywhere_isDoneAgain() throws CairnException {
    int[] ends = cutAndDoneAgain(true, 701, 9000);
    assertThat(ends[0]).isPositive();
    assertThat(ends[1]).isPositive();
  }

  @Test
  void move_whoseAnswerIsCutAnywhere_isDoneAgain() throws CairnException {
    int[] ends = cutAndDoneAgain(false, 61, 800);
    assertThat(ends[0]).isPositive();
    assertThat(ends[1]).isPositive();
  }

  /** It was received by the server that burnt, and nobody else had fetched it. */
  @Test
  void reportThatTheServerAloneHad_comesAgainFromItsPhone_whichHearsByStick()
      throws CairnException {
    RecordId record =
        phone.device().record(NewRecord.of(List.of(new Operation.Note(stage.word()))));
    phone.device().sync(roads.good(), SyncListener.NONE);
    ServerMachine server = another();
    move(owner, server, server.invitation(), LinkPlan.GOOD);
    owner.desk().sync(link(server, LinkPlan.GOOD), SyncListener.NONE);
    Couriers couriers = new Couriers(stage, new Attempt(stage), roads);
    couriers.hand(owner, phone);
    assertThat(phone.device().profile().server()).isEqualTo(owner.device().profile().server());
    phone.device().sync(link(server, LinkPlan.GOOD), SyncListener.NONE);
    owner.desk().sync(link(server, LinkPlan.GOOD), SyncListener.NONE);
    phone.device().sync(link(server, LinkPlan.GOOD), SyncListener.NONE);

    assertThat(state(record)).isEqualTo(ReportState.CONFIRMED);
    assertThat(phone.device().serverLied()).isFalse();
  }

  /** Phones tell each other: who told one of them has told all whom it meets by stick. */
  @Test
  void phoneThatHasHeard_tellsTheNext() throws CairnException {
    ServerMachine server = another();
    move(owner, server, server.invitation(), LinkPlan.GOOD);
    Couriers couriers = new Couriers(stage, new Attempt(stage), roads);
    Machine next = stage.phones.get(1);
    couriers.hand(owner, phone);
    couriers.hand(phone, next);

    assertThat(next.device().roster().logs()).containsKey(1L);
    assertThat(next.device().profile().server()).isEqualTo(owner.device().profile().server());
  }

  @Test
  void move_byWhoIsNoOwner_isRefused_andNothingIsFounded() throws CairnException {
    ServerMachine server = another();
    byte[] invitation = server.invitation();
    assertThatThrownBy(() -> move(phone, server, invitation, LinkPlan.GOOD))
        .isInstanceOfSatisfying(
            RefusedException.class, no -> assertThat(no.code()).isEqualTo("role.owner"));
    assertThat(server.ledger().snapshot(stage.space())).isEmpty();
  }

  @Test
  void move_toAServerThatIsNotTheOneInvitedTo_leavesTheOwnerWhereHeWas() throws CairnException {
    ServerMachine server = another();
    ServerMachine other = another();
    byte[] invitation = server.invitation();
    assertThatThrownBy(() -> move(owner, other, invitation, LinkPlan.GOOD))
        .isInstanceOf(RefusedException.class);
    assertThat(owner.device().roster().move()).isEmpty();
    assertThat(move(owner, server, invitation, LinkPlan.GOOD)).isEqualTo(1);
  }

  /** A server that burnt, too, before anybody had heard of it. */
  @Test
  void move_thatWasCutOff_andThenToAnotherServer_countsOn() throws CairnException {
    ServerMachine server = another();
    byte[] invitation = server.invitation();
    LinkPlan cut = new LinkPlan(Long.MAX_VALUE, 20, true, 64, Integer.MAX_VALUE);
    assertThatThrownBy(() -> move(owner, server, invitation, cut))
        .isInstanceOf(CairnException.class);
    server.close();
    ServerMachine second = another();

    assertThat(move(owner, second, second.invitation(), LinkPlan.GOOD)).isEqualTo(2);
    owner.desk().sync(link(second, LinkPlan.GOOD), SyncListener.NONE);
    assertThat(head(second).generation()).isEqualTo(2);
  }

  @Test
  void move_toTheServerWhereTheSpaceWasMovedBefore_isRefused() throws CairnException {
    ServerMachine first = another();
    byte[] invitation = first.invitation();
    move(owner, first, invitation, LinkPlan.GOOD);
    ServerMachine second = another();
    move(owner, second, second.invitation(), LinkPlan.GOOD);

    assertThatThrownBy(() -> move(owner, first, invitation, LinkPlan.GOOD))
        .isInstanceOfSatisfying(
            RefusedException.class, no -> assertThat(no.code()).isEqualTo("move.stale"));
  }
}
