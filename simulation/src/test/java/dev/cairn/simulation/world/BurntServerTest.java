package dev.cairn.simulation.world;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.report.ReportState;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.Request;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Disk;
import dev.cairn.simulation.network.LinkPlan;
import dev.cairn.simulation.network.SimulatedLink;
import dev.cairn.simulation.server.Answering;
import dev.cairn.simulation.server.ServerMachine;
import dev.cairn.simulation.server.SimulatedServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scenes after a server has burnt: an owner leads the space to another, and links are bad. */
final class BurntServerTest extends ServerScene {

  private static final Encoded OPENED_ANEW =
      Encoded.of(("{\"type\":\"" + HttpNames.ERROR_PREFIX + "log.generation\"}").getBytes(UTF_8));

  private final List<ServerMachine> servers = new ArrayList<>();

  /** What servers were asked to found. */
  private final List<Request> foundings = new ArrayList<>();

  @AfterEach
  void closeServers() {
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
    return new SimulatedLink(
        request -> {
          if (request.method().equals("POST") && request.target().equals("/v1/spaces")) {
            foundings.add(request);
          }
          return honest.answer(request);
        },
        server::stop,
        plan,
        stage);
  }

  private long move(Machine by, ServerMachine server, byte[] invitation, LinkPlan plan)
      throws CairnException {
    return by.device()
        .moveSpace(invitation, (address, pin) -> link(server, plan), SyncListener.NONE);
  }

  private LogHead head(ServerMachine server) {
    return server.ledger().snapshot(stage.space()).orElseThrow().head();
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
    RecordId record = report();
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

  /**
   * Its operator has the log's key, and founded the space with other statements: those of the same
   * owner from before he was put back to a backup, as good as any he can have.
   */
  @Test
  void move_toAServerWhoseLogBeginsOtherwise_isRefused_andTheOwnerStaysWhereHeWas()
      throws CairnException {
    ServerMachine server = another();
    byte[] invitation = server.invitation();
    Disk.Copy image = owner.disk().image();
    move(owner, server, invitation, LinkPlan.GOOD);
    owner.close();
    owner.disk().restore(image);

    assertThatThrownBy(() -> move(owner, server, invitation, LinkPlan.GOOD))
        .isInstanceOfSatisfying(
            RefusedException.class, no -> assertThat(no.code()).isEqualTo("space.invalid"));
    SimulatedServer honest = new SimulatedServer(server);
    Request founded = foundings.get(0);
    Transport lying =
        new SimulatedLink(
            request -> honest.answer(request.method().equals("POST") ? founded : request),
            server::stop,
            LinkPlan.GOOD,
            stage);
    assertThatThrownBy(
            () -> owner.device().moveSpace(invitation, (address, pin) -> lying, SyncListener.NONE))
        .isInstanceOf(CairnException.class);
    assertThat(owner.device().roster().move()).isEmpty();
    assertThat(owner.device().roster().logs()).containsOnlyKeys(0L);
  }

  /** The log that a move names is no other for who has heard of it, whatever its operator says. */
  @Test
  void movedServer_whoSaysThatItsLogIsALaterGeneration_isNotFollowed() throws CairnException {
    ServerMachine server = another();
    move(owner, server, server.invitation(), LinkPlan.GOOD);
    owner.desk().sync(link(server, LinkPlan.GOOD), SyncListener.NONE);
    Couriers couriers = new Couriers(stage, new Attempt(stage), roads);
    couriers.hand(owner, phone);
    Statement forged =
        new RosterWriter(owner.device().roster(), stage.chance)
            .sign(
                new Generation(
                    2,
                    new LogKey(
                        new LogOrigin("liar/2"), SigningKey.generate(stage.chance).verifyingKey()),
                    1,
                    0,
                    CompactTree.empty().root()),
                SigningKey.generate(stage.chance));
    LogAccount claimed =
        new LogAccount(
            2,
            Encoded.of(server.ledger().snapshot(stage.space()).orElseThrow().checkpoint().note()),
            List.of(Encoded.of(forged.encode())),
            Optional.empty(),
            Optional.empty());
    Transport lying = accounting(server, claimed);

    assertThatThrownBy(() -> phone.device().sync(lying, SyncListener.NONE))
        .isInstanceOfSatisfying(
            RefusedException.class, no -> assertThat(no.code()).isEqualTo("generation.unproven"));
    assertThat(phone.device().roster().logs()).containsOnlyKeys(0L, 1L);
    assertThat(phone.device().serverLied()).isFalse();
  }

  /**
   * A server that says of everything that its log was opened anew, and gives this account of it.
   */
  private Transport accounting(ServerMachine server, LogAccount account) {
    SimulatedServer honest = new SimulatedServer(server);
    return new SimulatedLink(
        request ->
            request.target().endsWith("/log")
                ? new Told(honest.answer(request), 200, Encoded.of(account.encode()))
                : new Told(honest.answer(request), 409, OPENED_ANEW),
        server::stop,
        LinkPlan.GOOD,
        stage);
  }

  /** Something else than a server answers. */
  private record Told(Answering honest, int status, Encoded body) implements Answering {
    @Override
    public Map<String, String> headers() {
      return honest.headers();
    }

    @Override
    public byte[] take(byte[] piece) {
      return new byte[0];
    }

    @Override
    public byte[] end() {
      return body.bytes();
    }
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

  /**
   * The same owner's device stands for another owner. Whom of two everybody follows is chance, so
   * this is played until it is the other.
   */
  @Test
  void move_thatWasCutOff_andThatAnotherHasOvertaken_saysSo_andAsksNothingOfTheServer()
      throws CairnException {
    Disk.Copy before = owner.disk().image();
    ServerMachine elsewhere = another();
    move(owner, elsewhere, elsewhere.invitation(), LinkPlan.GOOD);
    LogKey followed = owner.device().roster().logs().get(1L);
    Couriers couriers = new Couriers(stage, new Attempt(stage), roads);
    couriers.hand(owner, phone);
    LinkPlan cut = new LinkPlan(Long.MAX_VALUE, 20, true, 64, Integer.MAX_VALUE);
    String code = "";
    for (int i = 0; code.isEmpty(); i++) {
      assertThat(i).isLessThan(20);
      owner.close();
      owner.disk().restore(before);
      ServerMachine here = another();
      byte[] invitation = here.invitation();
      assertThatThrownBy(() -> move(owner, here, invitation, cut))
          .isInstanceOf(CairnException.class);
      here.start();
      couriers.hand(phone, owner);
      int asked = foundings.size();
      try {
        move(owner, here, invitation, LinkPlan.GOOD);
      } catch (RefusedException overtaken) {
        code = overtaken.code();
        assertThat(foundings).hasSize(asked);
      }
    }
    assertThat(code).isEqualTo("move.overtaken");
    assertThat(owner.device().roster().logs().get(1L)).isEqualTo(followed);
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
