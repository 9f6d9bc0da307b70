package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.client.Device;
import dev.cairn.client.StoresUnderOneKey;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.FieldState;
import dev.cairn.protocol.record.CountValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.FieldName;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member goes on with another device; on a real server and by commands. */
final class ReplacedPhoneTest {

  @TempDir private Path folder;
  private PeopleSpace space;
  private String old;

  @BeforeEach
  void begin() throws Exception {
    space = PeopleSpace.in(folder);
    old = space.device("phone");
  }

  @AfterEach
  void end() {
    space.close();
  }

  private JsonNode replace(String device, String name) throws Exception {
    String file = space.commands.at("again");
    JsonNode said =
        space.by("desk", "member", "replace-device", device, "--out", file, "--yes").json();
    space.commands.run(
        "join",
        file,
        "--code",
        said.path("code").asText(),
        "--data",
        space.commands.at(name),
        "--as",
        name);
    return said;
  }

  private JsonNode listed(String desk, String device) {
    return space.devices(desk).stream()
        .filter(each -> each.path("device").asText().equals(device))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void newDevice_isAMemberOfItsOwn_untilItIsConfirmed() throws Exception {
    JsonNode said = replace(old, "phone2");
    assertThat(said.path("expires").asText()).isNotEmpty();
    assertThat(said.path("member").asText()).isEqualTo(old);
    assertThat(said.path("suspended").path("counting").asInt()).isEqualTo(1);
    space.sync("desk", "phone2", "desk");
    String device = space.device("phone2");
    assertThat(listed("desk", device).path("member").asText()).isEqualTo(device);

    space.confirmAll();
    space.sync("desk", "phone2", "second");
    for (String desk : List.of("desk", "second")) {
      assertThat(listed(desk, device).path("member").asText()).isEqualTo(old);
      assertThat(listed(desk, device).path("state").asText()).isEqualTo("confirmed");
      assertThat(listed(desk, old).path("state").asText()).isEqualTo("suspended");
    }
    space.report("phone2", "again");
    space.sync("phone2", "desk");
    assertThat(space.places("desk")).containsExactly("again", "before");
  }

  /**
   * Its figures and words are the member's: he corrects himself, he does not contradict himself.
   */
  @Test
  void newDevice_statesMore_inPlaceOfWhatItsMemberStatedBefore() throws Exception {
    RecordId record = RecordId.parse(space.record("before"));
    replace(old, "phone2");
    space.sync("desk", "phone2", "desk");
    space.confirmAll();
    space.sync("desk", "phone2");
    assertAndPush("phone2", record, "corrected");
    space.sync("desk", "second", "desk");
    for (String desk : List.of("desk", "second")) {
      assertThat(space.places(desk)).containsExactly("corrected");
      assertThat(space.by(desk, "state").json().path("conflicts").asInt()).isZero();
      assertThat(space.digests(desk)).isEqualTo(space.digests("desk"));
    }
  }

  private void assertAndPush(String name, RecordId record, String place) throws Exception {
    try (Device device = space.commands.open(name)) {
      device.write(
          WriteRequest.to(
              record,
              RecordKind.INCIDENT.code(),
              List.of(),
              List.of(new Operation.Assert(FieldName.parse("place.en"), CborValue.of(place)))));
    }
    space.sync(name);
  }

  /** A figure is the member's: the new device states it anew, and the old one stands no more. */
  @Test
  void newDevice_revisesTheFigureOfASealedReport() throws Exception {
    RecordId record = RecordId.parse(space.record("before"));
    space.by(
        "phone",
        "report",
        "assert",
        record.toString(),
        "--metric",
        "killed",
        "--low",
        "5",
        "--high",
        "5");
    space.sync("phone", "desk");
    replace(old, "phone2");
    space.sync("desk", "phone2", "desk");
    space.confirmAll();
    space.sync("desk", "phone2");
    try (Device desk = space.commands.open("desk");
        Device device = space.commands.open("phone2")) {
      Field figure =
          Desk.readable(desk).state(record).orElseThrow().fields().stream()
              .map(FieldState::field)
              .filter(field -> field.count().isPresent())
              .findFirst()
              .orElseThrow();
      device.write(
          WriteRequest.to(
              record,
              RecordKind.INCIDENT.code(),
              List.of(),
              List.of(new Operation.Assert(figure, CountValue.range(7L, 7L).toValue()))));
    }
    space.sync("phone2", "desk");
    try (Device desk = space.commands.open("desk")) {
      FieldState figure =
          Desk.readable(desk).state(record).orElseThrow().fields().stream()
              .filter(state -> state.field().count().isPresent())
              .findFirst()
              .orElseThrow();
      assertThat(figure.values()).hasSize(1);
      assertThat(CountValue.ofValue(figure.shown().orElseThrow()).orElseThrow().low()).isEqualTo(7);
    }
  }

  @Test
  void newDevice_getsTheCirclesThatTheOldOneRead_andWhatWasWrittenThere() throws Exception {
    byte[] name = new byte[CircleId.SIZE_BYTES];
    Arrays.fill(name, (byte) 7);
    CircleId court = CircleId.of(name);
    try (Device desk = space.commands.open("desk");
        Device phone = space.commands.open("phone")) {
      new StoresUnderOneKey(folder, CommandSpace.PASSPHRASE)
          .openCircle(
              desk, court, "court", List.of(desk.profile().device(), phone.profile().device()));
    }
    space.sync("desk", "phone");
    try (Device desk = space.commands.open("desk")) {
      desk.record(
          NewRecord.of(List.of(new Operation.Note("for the court"))).circles(List.of(court)));
    }
    space.sync("desk");
    replace(old, "phone2");
    space.sync("desk", "phone2", "desk");
    space.confirmAll();
    space.sync("desk", "phone2");
    try (Device device = space.commands.open("phone2")) {
      assertThat(device.opens(court)).isTrue();
      assertThat(device.state().changes()).isPositive();
      assertThat(device.roster().mayFetch(device.profile().device(), court)).isTrue();
      long[] opened = {0};
      device.openedChanges(
          held ->
              opened[0] +=
                  held.opened()
                      .filter(
                          each ->
                              each.body()
                                  .operations()
                                  .contains(new Operation.Note("for the court")))
                      .map(each -> 1)
                      .orElse(0));
      assertThat(opened[0]).isEqualTo(1);
      assertThat(device.roster().mayFetch(DeviceId.parse(old), court)).isFalse();
    }
  }

  @Test
  void newDeskOfACoordinator_takesHisSeat() throws Exception {
    String second = space.device("second");
    JsonNode said = replace(second, "second2");
    assertThat(said.path("suspended").path("rekeyed").get(0).path("name").asText())
        .isEqualTo("desk");
    space.sync("desk", "second2", "desk");
    space.confirmAll();
    space.sync("desk", "second2", "desk", "second2", "desk");
    assertThat(listed("second2", space.device("second2")).path("member").asText())
        .isEqualTo(second);
    assertThat(space.places("second2")).containsExactly("before");
    assertThat(space.digests("second2")).isEqualTo(space.digests("desk"));
  }

  @Test
  void replacement_ofADeviceThatIsCutOffAlready_onlyInvites() throws Exception {
    space.by("desk", "device", "suspend", old, "--yes");
    JsonNode said = replace(old, "phone2");
    assertThat(said.has("suspended")).isFalse();
    assertThat(said.path("member").asText()).isEqualTo(old);
  }

  @Test
  void replacement_ofAnOwnersDeviceByACoordinator_isRefused() throws Exception {
    CommandRun refused =
        space.attempt(
            "second",
            "member",
            "replace-device",
            space.device("desk"),
            "--out",
            space.commands.at("again"),
            "--yes");
    assertThat(refused.errorCode()).isEqualTo("member.unknown");
  }
}
