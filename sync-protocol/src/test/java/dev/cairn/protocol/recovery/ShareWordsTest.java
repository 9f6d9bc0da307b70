package dev.cairn.protocol.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.encoding.Proquint;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.SeededRandomness;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ShareWordsTest {

  private final SeededRandomness randomness = new SeededRandomness(61);
  private final List<RecoveryShare> shares =
      RecoveryShares.split(
          new RecoverySheet(
              SpaceId.of(randomness.bytes(SpaceId.SIZE_BYTES)),
              RecoverySecret.generate(randomness)),
          16,
          16,
          randomness);
  private final String words = shares.get(0).printWords();

  /** The lines with the first, which is line 0. */
  private List<String> lines() {
    return new ArrayList<>(Arrays.asList(words.trim().split("\n", -1)));
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private static void isRefused(String typed, String why) {
    assertThatThrownBy(() -> RecoveryShare.parse(typed))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(why);
  }

  @Test
  void words_ofEveryShare_comeBack() throws Exception {
    for (RecoveryShare share : shares) {
      assertThat(RecoveryShare.parse(share.printWords())).isEqualTo(share);
    }
  }

  @Test
  void words_areEightNumberedLinesOfEight() {
    assertThat(lines()).hasSize(9);
    assertThat(lines().get(8)).matches("8( [a-z]{5}){8}");
  }

  @Test
  void words_typedInCapitalsWithHyphensAndWithoutNumbers_comeBack() throws Exception {
    String typed =
        words.toUpperCase(Locale.ROOT).replaceAll("\n[1-8] ", "\r\n\r\n  ").replace(' ', '-');

    assertThat(RecoveryShare.parse(typed)).isEqualTo(shares.get(0));
  }

  @Test
  void words_oneOfThemAnother_areRefusedWithTheLineNamed() {
    for (int line = 1; line <= 8; line++) {
      List<String> lines = lines();
      String[] typed = lines.get(line).split(" ", -1);
      for (int word = 1; word <= 8; word++) {
        String[] altered = typed.clone();
        altered[word] = typed[word].equals("lusab") ? "babad" : "lusab";
        lines.set(line, String.join(" ", altered));
        isRefused(text(lines), "line " + line + " of the words: has a wrong word");
      }
    }
  }

  @Test
  void words_oneOfThemNoWord_areRefusedWithItsPlaceNamed() {
    isRefused(
        words.replaceFirst("\n5 ([a-z]+) [a-z]+", "\n5 $1 queen"),
        "line 5 of the words: word 2: no such word");
  }

  @Test
  void words_oneOfThemMissing_areRefusedWithTheLineNamed() {
    isRefused(words.replaceFirst("\n3 [a-z]+", "\n3"), "line 3 of the words: has 7 words, not 8");
  }

  @Test
  void words_oneTooMany_areRefusedWithTheLineNamed() {
    isRefused(words.replaceFirst("\n3 ", "\n3 babad "), "line 3 of the words: has 9 words, not 8");
  }

  @Test
  void lines_inAnotherOrder_areRefusedNumberedOrNot() {
    List<String> lines = lines();
    Collections.swap(lines, 2, 3);

    isRefused(text(lines), "line 2 of the words: is missing");
    isRefused(text(lines).replaceAll("\n[1-8] ", "\n"), "line 2 of the words: has a wrong word");
  }

  @Test
  void lines_oneOfThemMissing_areRefused() {
    isRefused(text(lines().subList(0, 8)), "7 lines of words, not 8");
  }

  @Test
  void lines_oneTooMany_areRefused() {
    isRefused(words + "9 babad babad babad babad babad babad babad babad\n", "9 lines of words");
  }

  @Test
  void lines_ofAnotherShareMixedIn_areRefused() {
    List<String> lines = lines();
    lines.set(8, shares.get(1).printWords().split("\n", -1)[8]);

    isRefused(text(lines), "a byte is wrong");
  }

  /** The 112th byte belongs to no share: two spellings of one share must not be. */
  @Test
  void lastLine_withSomethingInWhatFillsItUp_isRefused() throws Exception {
    byte[] filled = Arrays.copyOf(shares.get(0).encode(), 112);
    filled[111] = 1;
    byte[] last = Arrays.copyOfRange(filled, 98, 112);
    StringBuilder line = new StringBuilder("8");
    for (int i = 0; i < 14; i += 2) {
      line.append(' ').append(Proquint.word((last[i] & 0xff) << 8 | (last[i + 1] & 0xff)));
    }
    byte[] check = Sha256.labelled("cairn/1/recovery-words", new byte[] {8}, last).bytes();
    line.append(' ').append(Proquint.word((check[0] & 0xff) << 8 | (check[1] & 0xff)));
    List<String> lines = lines();
    lines.set(8, line.toString());

    isRefused(text(lines), "the last line holds more than it may");
  }

  @Test
  void words_ofALaterVersion_areTooNew() {
    assertThatThrownBy(() -> RecoveryShare.parse(words.replaceFirst("WORDS-1", "WORDS-2")))
        .isInstanceOf(TooNewException.class);
  }

  @Test
  void words_alone_areRefusedWithoutTheirFirstLine() {
    assertThatThrownBy(() -> RecoveryShare.parse(text(lines().subList(1, 9))))
        .isInstanceOf(CairnException.class);
  }

  @Test
  void refusal_quotesNoWord() {
    List<String> typed = Arrays.asList(words.split("\\s+", -1));

    assertThatThrownBy(() -> RecoveryShare.parse(words.replaceFirst("[a-z]{5}\n2", "babad\n2")))
        .satisfies(
            refused ->
                assertThat(typed.subList(1, typed.size()))
                    .filteredOn(word -> word.length() == 5)
                    .noneMatch(word -> String.valueOf(refused.getMessage()).contains(word)));
  }
}
