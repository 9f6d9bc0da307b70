package dev.cairn.fuzzing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Seeds of targets whose inputs are scripts: every way to shape an answer or a parcel once. */
final class ScriptSeeds {

  private static final String[] SYNCS = {
    "SyncFuzzTest/device_withAServerThatShapesItsAnswers_believesNothingUnproven",
    "SyncFuzzTest/desk_withAServerAndAMemberThatSayAnything_mergesAndExports"
  };
  private static final String NEW_DESK =
      "SyncFuzzTest/newDesk_withAServerAndAMemberThatSayAnything_mergesAndExports";
  private static final String BUNDLE =
      "HandedFuzzTest/bundle_withParcelsOfAnyContent_keepsNoneOfTheOthersOut";
  private static final String MEETING = "HandedFuzzTest/member_thatIsMetAndSaysAnything_doesNoHarm";
  private static final String PUSHES =
      "LedgerFuzzTest/pushesAndParcels_ofAMember_keepNobodyElseFromBeingHeard";
  private static final String PIECES =
      "LedgerFuzzTest/pieces_forARestoredServer_makeItsLogWhatItWas";
  private static final String CONFIGURATION =
      "OperatorFuzzTest/configuration_ofAnyBytes_isReadOneWay";

  private static final int EDITS = 14;

  private ScriptSeeds() {}

  static void write(Seeds.Taker taker) throws IOException {
    for (int i = 0; i < SYNCS.length; i++) {
      String sync = SYNCS[i];
      taker.write(sync, new byte[24]);
      for (int edit = i; edit < EDITS; edit += SYNCS.length) {
        // The third answer is the first pull, of which the log's state is the last entry.
        taker.write(sync, script(0, 0, 0, 32, 0, 0, edit, edit % 4, 1, 2, 3, 4, 5));
      }
      for (int code = 0; code < 4; code++) {
        taker.write(sync, script(code & 1, 0, 4, 10, code, 0, 36, 0, 0, 0));
      }
      for (int shape = 0; shape < 5; shape++) {
        taker.write(sync, script(0, 8, 9, shape, 1, 2, 3, 4, 0, 0, 0, 0));
      }
    }
    taker.write(NEW_DESK, new byte[24]);
    for (int pull = 0; pull < 2; pull++) {
      for (int edit = pull; edit < EDITS; edit += 2) {
        taker.write(NEW_DESK, atAPull(pull, 32, 0, 0, edit, edit % 4, 1, 2, 3, 4, 5));
      }
      // The first leaf is one that somebody made up, and then the link is cut.
      taker.write(NEW_DESK, atAPull(pull, 48, 1, 0, 0, 9, 0, 0, 0, 0, 7, 7, 7, 7, 7));
    }
    for (int how = 0; how < 10; how++) {
      taker.write(BUNDLE, script(how & 1, 1, how % 4, 2 * how - 1, 1, 2, 3, how, 5));
      taker.write(MEETING, script(how & 3, 0, how % 2, 3, 1, 0, 0, 4, how % 5, 0, how, 0, 3, 0));
    }
    for (int how = 0; how < 10; how += 2) {
      taker.write(PUSHES, script(2, how & 2, how % 4, how, 1, 2, 3, 4, 5, 6));
      taker.write(PIECES, script(1, how % 7, how + 3, 1, 2, 3, 4, 5, 6, 7));
    }
    writePieces(taker);
    for (String text :
        new String[] {
          "{\"listen\":\"[::1]:8443\",\"tls\":\"off\"}",
          "{\"address\":\"https://a.example\",\"address\":\"b\"}",
          "{\"admin-listen\":7}",
          "{} {}"
        }) {
      taker.write(CONFIGURATION, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** What a new desk pushes is answered honestly, and so are its pulls up to one of the first. */
  private static byte[] atAPull(int pull, int... choices) {
    int[] before = new int[4 + 2 * pull];
    return script(IntStream.concat(Arrays.stream(before), Arrays.stream(choices)).toArray());
  }

  /** A push that names two files, and parcels with pieces of them. */
  private static void writePieces(Seeds.Taker taker) throws IOException {
    // Both halves, the second one first.
    taker.write(PUSHES, script(2, 0, 0, 1, 0, 6, 0, 1, 3, 0, 4, 3, 1, 3, 0, 0, 3));
    // All of it with the bytes of the other file, then the right ones.
    taker.write(PUSHES, script(2, 0, 0, 1, 0, 6, 0, 1, 3, 2, 0, 7, 1, 3, 0, 0, 7));
    // One before its change, one of a stranger, one that was moved.
    taker.write(PUSHES, script(4, 1, 3, 1, 0, 0, 0, 0, 1, 0, 6, 0, 1, 3, 17, 0, 0, 1, 3, 65, 2, 0));
    // With half of the size, a piece of the right one between.
    taker.write(PUSHES, script(4, 0, 0, 1, 0, 15, 0, 1, 3, 8, 1, 6, 1, 3, 0, 0, 7, 1, 3, 8, 0, 0));
  }

  private static byte[] script(int... choices) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int choice : choices) {
      out.write(choice);
    }
    out.writeBytes(new byte[12]);
    return out.toByteArray();
  }
}
