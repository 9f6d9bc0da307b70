package dev.cairn.cli.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.recovery.RecoveryShare;
import dev.cairn.protocol.recovery.RecoveryShares;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GivenSharesTest {

  @TempDir private Path folder;

  private final Random random = new Random(71);
  private final Randomness randomness = random::nextBytes;
  private final RecoverySheet sheet = sheet(space());
  private final List<RecoveryShare> shares = RecoveryShares.split(sheet, 5, 3, randomness);

  private SpaceId space() {
    byte[] id = new byte[SpaceId.SIZE_BYTES];
    random.nextBytes(id);
    return SpaceId.of(id);
  }

  private RecoverySheet sheet(SpaceId space) {
    return new RecoverySheet(space, RecoverySecret.generate(randomness));
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  /** The files of these, one each; a number says which share. */
  private List<Path> sheets(int... indices) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int index : indices) {
      files.add(
          Files.write(folder.resolve("sheet-" + index), ShareSheet.text(shares.get(index - 1), 5)));
    }
    return files;
  }

  private GivenShares.Combined combine(List<Path> files) throws Exception {
    return GivenShares.read(files).combine();
  }

  private void isRefused(List<Path> files, String... named) {
    assertThatThrownBy(() -> combine(files))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo(RecoveryShares.TOO_FEW))
        .hasMessageContainingAll(named);
  }

  @Test
  void sheets_enoughOfThem_giveTheSecret() throws Exception {
    GivenShares.Combined combined = combine(sheets(5, 2, 4));
    assertThat(combined.sheet().print()).isEqualTo(sheet.print());
    assertThat(combined.useless()).isEmpty();
  }

  @Test
  void textWordsAndPicture_together_giveTheSecret() throws Exception {
    List<Path> files = new ArrayList<>();
    files.add(file("text", shares.get(0).print().toLowerCase(Locale.ROOT)));
    files.add(file("words", "\uFEFF" + shares.get(1).printWords().toUpperCase(Locale.ROOT)));
    files.add(Files.write(folder.resolve("picture.png"), ShareSheet.code(shares.get(2)).png(10)));

    assertThat(combine(files).sheet().print()).isEqualTo(sheet.print());
  }

  @Test
  void sharesTypedIntoOneFile_giveTheSecret() throws Exception {
    String all = shares.get(0).print() + shares.get(1).printWords() + shares.get(2).print();

    assertThat(combine(List.of(file("all", all))).sheet().print()).isEqualTo(sheet.print());
  }

  @Test
  void sheet_withANoteBelow_isReadAsFarAsItsLastRule() throws Exception {
    List<Path> files = sheets(1, 2, 3);
    for (Path file : files) {
      Files.writeString(file, Files.readString(file) + "Kept by the notary.\n");
    }
    GivenShares.Combined combined = combine(files);

    assertThat(combined.sheet().print()).isEqualTo(sheet.print());
    assertThat(combined.useless()).isEmpty();
  }

  @Test
  void sheets_tooFew_areNamedWithHowManyAreNeeded() throws Exception {
    List<Path> files = sheets(2, 4);

    isRefused(
        files,
        "3 shares of one secret are needed",
        "share 2 (" + files.get(0) + ")",
        "share 4 (" + files.get(1) + ")");
  }

  @Test
  void share_mistyped_isNamedByFileAndLine() throws Exception {
    List<Path> files = sheets(2, 4);
    files.add(file("typed", shares.get(0).printWords().replaceFirst("\n6 [a-z]+", "\n6 babad")));

    isRefused(files, files.get(2) + ": ", "line 6 of the words: has a wrong word");
  }

  @Test
  void share_mistypedBesideEnough_isLeftOutAndNamed() throws Exception {
    List<Path> files = sheets(2, 4, 5);
    files.add(file("typed", shares.get(0).printWords().replaceFirst("\n6 [a-z]+", "\n6 babad")));
    GivenShares.Combined combined = combine(files);

    assertThat(combined.sheet().print()).isEqualTo(sheet.print());
    assertThat(combined.useless()).hasSize(1);
    assertThat(combined.useless().get(0).file()).isEqualTo(files.get(3));
    assertThat(combined.useless().get(0).index()).isEmpty();
  }

  /** Paper ages: one form that can be read is enough, and the other is told. */
  @Test
  void sheet_withOneFormDamaged_isReadByTheOther() throws Exception {
    List<Path> files = sheets(2, 4);
    String damaged =
        new String(ShareSheet.text(shares.get(0), 5), StandardCharsets.UTF_8)
            .replaceFirst("GW0N", "GW0M");
    files.add(file("damaged", damaged));
    GivenShares.Combined combined = combine(files);

    assertThat(combined.sheet().print()).isEqualTo(sheet.print());
    assertThat(combined.useless()).hasSize(1);
  }

  private void isForeign(RecoveryShare foreign, String reason) throws Exception {
    Path file = file("foreign", foreign.printWords());
    List<Path> enough = sheets(1, 2, 3);
    enough.add(0, file);
    GivenShares.Combined combined = combine(enough);

    assertThat(combined.sheet().print()).isEqualTo(sheet.print());
    assertThat(combined.useless()).hasSize(1);
    assertThat(combined.useless().get(0).file()).isEqualTo(file);
    assertThat(combined.useless().get(0).index()).hasValue(foreign.index());
    assertThat(combined.useless().get(0).reason()).contains(reason);
  }

  private void isForeignAmongTooFew(RecoveryShare foreign, String reason) throws Exception {
    List<Path> few = sheets(1, 2);
    few.add(file("foreign", foreign.printWords()));

    isRefused(few, few.get(2) + ": share " + foreign.index() + ": " + reason);
  }

  @Test
  void share_ofAnotherSpace_isNamed() throws Exception {
    RecoveryShare foreign = RecoveryShares.split(sheet(space()), 5, 3, randomness).get(3);
    String reason = "of another space, " + foreign.space().toString().substring(0, 12);

    isForeign(foreign, reason);
    isForeignAmongTooFew(foreign, reason);
  }

  @Test
  void share_ofAnotherSecretOfTheSpace_isNamed() throws Exception {
    RecoveryShare foreign = RecoveryShares.split(sheet(sheet.space()), 5, 3, randomness).get(3);

    isForeign(foreign, "of another secret of this space");
    isForeignAmongTooFew(foreign, "of another secret of this space");
  }

  @Test
  void share_ofASplittingThatNeedsMore_isNamed() throws Exception {
    RecoveryShare foreign = RecoveryShares.split(sheet, 5, 4, randomness).get(3);

    isForeign(foreign, "of another splitting, which needs 4");
    isForeignAmongTooFew(foreign, "of another splitting, which needs 4");
  }

  /** Nothing in it says so: more than needed have to be there. */
  @Test
  void share_ofAnotherSplittingOfTheSameSecret_isNamedWhereThereAreEnough() throws Exception {
    RecoveryShare foreign = RecoveryShares.split(sheet, 5, 3, randomness).get(3);
    isForeign(foreign, "of another splitting of this secret, or altered");

    List<Path> few = sheets(1, 2);
    few.add(file("foreign", foreign.printWords()));
    isRefused(few, "do not fit together", "One more good share tells which");
  }

  @Test
  void share_alteredAndCheckedAgain_isNamed() throws Exception {
    RecoveryShare share = shares.get(3);
    byte[] value = share.value().expose().clone();
    value[5] ^= 1;

    isForeign(
        new RecoveryShare(
            share.space(), 4, share.threshold(), share.commitment(), Secret.take(value)),
        "or altered");
  }

  @Test
  void share_givenTwice_isOneAndToldSo() throws Exception {
    List<Path> files = sheets(1, 2);
    files.add(file("copy", shares.get(1).print()));

    isRefused(files, files.get(2) + ": the same share as " + files.get(1));
  }

  @Test
  void files_withoutAnyShare_areNamed() throws Exception {
    Path letter = file("letter", "Dear Lina");
    Path secret = file("secret", sheet.print());

    isRefused(
        List.of(letter, secret),
        "none of what was given is a recovery share",
        letter + ": there is no recovery share in this file",
        secret + ": there is no recovery share in this file");
  }

  @Test
  void sheet_forPeople_saysWhichItIsAndNothingOfTheSecret() {
    String text = new String(ShareSheet.text(shares.get(1), 5), StandardCharsets.UTF_8);
    String secret = sheet.print().replaceAll("[^0-9A-Z]", "").substring(70);

    assertThat(text).startsWith("Recovery share 2 of 5\n").contains("Any 3 of the 5 shares");
    assertThat(text.replaceAll("[^0-9A-Z]", "")).doesNotContain(secret.substring(0, 16));
    assertThat(text.lines()).filteredOn(line -> line.startsWith("-")).hasSize(3);
  }

  @Test
  void page_ofAShare_holdsBothFormsAndTheCode() {
    String page = new String(ShareSheet.page(shares.get(1), 5), StandardCharsets.UTF_8);

    assertThat(page).contains(shares.get(1).printWords().trim(), "CAIRN-RECOVERY-SHARE-1", "<svg");
  }
}
