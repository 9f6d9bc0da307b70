package dev.cairn.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.client.report.SealMode;
import dev.cairn.protocol.encoding.CrockfordBase32;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.invitation.InvitationCode;
import dev.cairn.protocol.invitation.InvitationPart;
import dev.cairn.protocol.invitation.InvitationParts;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.FieldName;
import dev.cairn.protocol.recovery.RecoveryShare;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.server.ServerConfig.HostPort;
import java.util.List;
import java.util.Optional;

/** What people type, and what stands in paths and configurations. */
class TextFuzzTest {

  /** Each of these looks at the whole text; they are too small to be fuzzed one by one. */
  @FuzzTest
  void text_ofAnyKind_isReadOneWay(byte[] input) {
    ids(input);
    typedSecrets(input);
    fieldNames(input);
    hostsAndPorts(input);
    scanned(input);
  }

  private static void ids(byte[] input) {
    String text = new Input(input).text();
    Trial.within(
        input,
        () -> {
          Trial.of(() -> Hex.decode(text))
              .ifPresent(bytes -> Trial.same(text, Hex.encode(bytes), "hexadecimal"));
          List<Trial.Decoder<?>> ids =
              List.of(
                  () -> SpaceId.parse(text),
                  () -> DeviceId.parse(text),
                  () -> MemberId.parse(text),
                  () -> ChangeId.parse(text),
                  () -> StatementId.parse(text),
                  () -> EpochId.parse(text),
                  () -> SessionId.parse(text),
                  () -> CircleId.parse(text),
                  () -> RecordId.parse(text),
                  () -> AttachmentId.parse(text));
          for (Trial.Decoder<?> id : ids) {
            Trial.of(id).ifPresent(value -> Trial.same(text, value.toString(), "id"));
          }
          Trial.of(() -> LogKey.parse(text))
              .ifPresent(key -> Trial.same(text, key.vkey(), "log key"));
          Trial.of(() -> LogOrigin.parse(text))
              .ifPresent(origin -> Trial.same(text, origin.text(), "origin"));
        });
  }

  private static void typedSecrets(byte[] input) {
    String text = new Input(input).text();
    Trial.within(
        input,
        () -> {
          Optional<RecoverySheet> sheet = Trial.of(() -> RecoverySheet.parse(text));
          if (sheet.isPresent()) {
            String print = sheet.get().print();
            Trial.same(print, RecoverySheet.parse(print).print(), "recovery secret");
          }
          Optional<RecoveryShare> share = Trial.of(() -> RecoveryShare.parse(text));
          if (share.isPresent()) {
            String print = share.get().print();
            Trial.same(print, RecoveryShare.parse(print).print(), "recovery share");
            String words = share.get().printWords();
            Trial.same(print, RecoveryShare.parse(words).print(), "words of a recovery share");
          }
          Trial.of(() -> RecoveryShare.decode(input))
              .ifPresent(decoded -> Trial.same(input, decoded.encode(), "recovery share"));
          Optional<InvitationCode> code = Trial.of(() -> InvitationCode.parse(text));
          if (code.isPresent()) {
            Trial.same(code.get(), InvitationCode.parse(code.get().show()), "invitation code");
          }
          Optional<byte[]> bytes = Trial.of(() -> CrockfordBase32.decode(text, 5));
          if (bytes.isPresent()) {
            Trial.same(
                CrockfordBase32.normalise(text),
                CrockfordBase32.encode(bytes.get()),
                "base 32 written again");
          }
        });
  }

  /** One part makes a file only where it is the only one. */
  private static void scanned(byte[] input) {
    String text = new Input(input).text();
    Trial.within(
        input,
        () -> {
          Optional<InvitationPart> part = Trial.of(() -> InvitationPart.parse(text));
          if (part.isPresent()) {
            String written = part.get().text();
            Trial.same(written, InvitationPart.parse(written).text(), "part of an invitation");
            Trial.of(() -> InvitationParts.join(List.of(part.get())))
                .ifPresent(
                    file ->
                        Trial.same(
                            InvitationPart.cut(file).get(0).file(),
                            part.get().file(),
                            "file of a part"));
          }
        });
  }

  private static void fieldNames(byte[] input) {
    String text = new Input(input).text();
    Trial.within(
        input,
        () -> {
          Trial.of(() -> SealMode.parse(text));
          Field field;
          try {
            field = FieldName.parse(text);
          } catch (IllegalArgumentException notAName) {
            return;
          }
          Trial.same(field, FieldName.parse(field.name()), "field");
          Trial.same(field, Field.read(dev.cairn.protocol.cbor.CborReader.of(field.encode())), "");
        });
  }

  private static void hostsAndPorts(byte[] input) {
    String text = new Input(input).text();
    Trial.within(
        input,
        () -> {
          HostPort read;
          try {
            read = HostPort.parse(text);
          } catch (IllegalArgumentException refused) {
            return;
          }
          Trial.same(read.port(), HostPort.parse(read.toString()).port(), "port");
        });
  }
}
