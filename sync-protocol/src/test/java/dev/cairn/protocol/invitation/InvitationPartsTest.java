package dev.cairn.protocol.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.SeededRandomness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvitationPartsTest {

  private static final int PART = Limits.INVITATION_PART_SIZE_BYTES_MAX;
  private static final int MOST = Limits.INVITATION_PARTS_MAX;
  private static final String START = "CAIRN-INVITATION-PART-1/";

  private final SeededRandomness randomness = new SeededRandomness(67);
  private final byte[] file = randomness.bytes(9_699);
  private final List<InvitationPart> parts = InvitationPart.cut(file);

  private static List<InvitationPart> read(List<InvitationPart> parts) throws Exception {
    List<InvitationPart> read = new ArrayList<>();
    for (InvitationPart part : parts) {
      read.add(InvitationPart.parse(part.text()));
    }
    return read;
  }

  private static void isRefused(List<InvitationPart> parts, String code, String named) {
    assertThatThrownBy(() -> InvitationParts.join(parts))
        .isInstanceOfSatisfying(
            RefusedException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContaining(named);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 1, PART * MOST})
  void file_ofAnySize_comesBackFromItsParts(int size) throws Exception {
    byte[] any = randomness.bytes(size);

    assertThat(InvitationParts.join(read(InvitationPart.cut(any)))).isEqualTo(any);
  }

  @Test
  void file_thatTakesOnePartTooMany_isNotCut() {
    assertThatThrownBy(() -> InvitationPart.cut(new byte[PART * MOST + 1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(InvitationPart.count(PART * MOST)).isEqualTo(MOST);
    assertThat(InvitationPart.count(PART * MOST + 1)).isEqualTo(MOST + 1);
  }

  @Test
  void parts_inAnyOrderAndTwice_giveTheFile() throws Exception {
    List<InvitationPart> shuffled = new ArrayList<>(parts);
    shuffled.addAll(parts);
    Collections.shuffle(shuffled, new Random(3));

    assertThat(InvitationParts.join(shuffled)).isEqualTo(file);
  }

  @Test
  void parts_twoMissing_areNamed() {
    List<InvitationPart> some = new ArrayList<>(parts);
    some.remove(7);
    some.remove(2);

    isRefused(some, InvitationParts.MISSING, "missing: 3, 8");
  }

  @Test
  void part_ofAnotherInvitation_isNamed() {
    InvitationPart foreign = InvitationPart.cut(randomness.bytes(9_699)).get(4);
    List<InvitationPart> mixed = new ArrayList<>(parts);
    mixed.add(foreign);

    isRefused(mixed, InvitationParts.MIXED, "part 5 of 18 of invitation " + foreign.file());
  }

  @Test
  void part_saidToBeOfAnotherCount_isNotTakenForOneOfThese() throws Exception {
    List<InvitationPart> mixed = new ArrayList<>(parts);
    mixed.add(InvitationPart.parse(parts.get(0).text().replace("/1/18/", "/1/14/")));

    isRefused(mixed, InvitationParts.MIXED, "part 1 of 14");
  }

  private InvitationPart altered(int at) throws Exception {
    String text = parts.get(at).text();
    char last = text.charAt(text.length() - 3);
    return InvitationPart.parse(
        text.substring(0, text.length() - 3)
            + (last == 'A' ? 'B' : 'A')
            + text.substring(text.length() - 2));
  }

  @Test
  void part_altered_givesNoFile() throws Exception {
    List<InvitationPart> some = new ArrayList<>(parts);
    some.set(4, altered(4));

    assertThatThrownBy(() -> InvitationParts.join(some))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("do not give the file");
  }

  @Test
  void part_alteredBesideTheGoodOne_isNamed() throws Exception {
    List<InvitationPart> some = new ArrayList<>(parts);
    some.add(altered(4));

    assertThatThrownBy(() -> InvitationParts.join(some))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("part 5 of 18");
  }

  /** What QR codes hold in their alphanumeric mode, as little as fits version 17 at level L. */
  @Test
  void longestText_isOfTheAlphanumericSet_andFitsTheCodeItIsMeantFor() {
    String text = InvitationPart.cut(randomness.bytes(PART * MOST)).get(MOST - 1).text();

    assertThat(text).matches("[0-9A-Z $%*+./:-]+").hasSizeLessThanOrEqualTo(938);
  }

  @Test
  void text_copiedWithBreaksAndInSmallLetters_isRead() throws Exception {
    String copied = "  " + parts.get(0).text().toLowerCase(Locale.ROOT) + " \n";
    String broken = copied.substring(0, 200) + "\n" + copied.substring(200);

    assertThat(InvitationPart.parse(broken).text()).isEqualTo(parts.get(0).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CAIRN-INVITATION-1",
        START,
        START + "0/1/00000000/00",
        START + "2/1/00000000/00",
        START + "1/101/00000000/00",
        START + "01/1/00000000/00",
        START + "1/1/0000000/00",
        START + "1/1/0000000U/00",
        START + "1/1/00000000/",
        START + "1/1/00000000/0",
        START + "1/1/00000000/01",
        START + "1/1/00000000/000",
        START + "1/1/00000000/00/00",
        START + "1/1/00000000/0U",
      })
  void text_thatIsNoPart_isRefused(String text) {
    assertThatThrownBy(() -> InvitationPart.parse(text)).isInstanceOf(MalformedException.class);
  }

  @Test
  void part_ofOneByteTooMany_isRefused_andOfTheMost_isRead() throws Exception {
    String most = START + "1/1/00000000/" + "0".repeat(PART * 8 / 5);

    assertThat(InvitationPart.parse(most).bytes()).hasSize(PART);
    assertThatThrownBy(() -> InvitationPart.parse(most + "00"))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void part_ofTheHighestNumber_isRead() throws Exception {
    assertThat(InvitationPart.parse(START + MOST + "/" + MOST + "/00000000/00").number())
        .isEqualTo(MOST);
  }

  @Test
  void part_ofALaterVersion_isTooNew() {
    assertThatThrownBy(() -> InvitationPart.parse("CAIRN-INVITATION-PART-2/anything"))
        .isInstanceOf(TooNewException.class);
  }
}
