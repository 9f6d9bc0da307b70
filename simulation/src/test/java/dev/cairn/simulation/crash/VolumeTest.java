package dev.cairn.simulation.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class VolumeTest {

  private final Volume volume = new Volume(name -> true);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> texts(Map<String, byte[]> files) {
    Map<String, String> texts = new TreeMap<>();
    files.forEach((name, bytes) -> texts.put(name, new String(bytes, StandardCharsets.UTF_8)));
    return texts;
  }

  private Map<String, String> worst() {
    return texts(volume.image(Keeping.NOTHING));
  }

  private void done(Effect... effects) {
    for (Effect effect : effects) {
      volume.record(effect);
    }
    volume.settle(effects.length);
  }

  private static Effect wrote(long at, String text) {
    return new Effect.Wrote("a", at, new FileBytes(bytes(text)));
  }

  private void make(String name, String text) {
    done(new Effect.Made(name), new Effect.Wrote(name, 0, new FileBytes(bytes(text))));
  }

  @Test
  void file_syncedInASyncedFolder_isLeft() {
    make("a", "text");
    done(new Effect.Synced("a"), new Effect.NamesSynced());
    assertThat(worst()).containsExactly(Map.entry("a", "text"));
  }

  @Test
  void file_syncedInAFolderThatIsNot_isLost() {
    make("a", "text");
    done(new Effect.Synced("a"));
    assertThat(worst()).isEmpty();
  }

  @Test
  void file_notSyncedInASyncedFolder_isEmpty() {
    make("a", "text");
    done(new Effect.NamesSynced());
    assertThat(worst()).containsExactly(Map.entry("a", ""));
  }

  @Test
  void file_writtenAfterItsSync_isLeftAsItWasThen() {
    make("a", "text");
    done(new Effect.Synced("a"), new Effect.NamesSynced());
    done(wrote(2, "ar"), new Effect.Resized("a", 4));
    assertThat(worst()).containsExactly(Map.entry("a", "text"));
    assertThat(texts(volume.image(Keeping.EVERYTHING))).containsExactly(Map.entry("a", "tear"));
  }

  @Test
  void rename_notSynced_leavesTheOldFileUnderTheName() {
    volume.adopt(Map.of("a", bytes("old")));
    make("a.new", "new");
    done(new Effect.Synced("a.new"), new Effect.Renamed("a.new", "a"));
    assertThat(worst()).containsExactly(Map.entry("a", "old"));
    done(new Effect.NamesSynced());
    assertThat(worst()).containsExactly(Map.entry("a", "new"));
  }

  @Test
  void rename_beforeTheContentWasSynced_mayLeaveNothingUnderTheName() {
    volume.adopt(Map.of("a", bytes("old")));
    make("a.new", "new");
    done(new Effect.Renamed("a.new", "a"), new Effect.NamesSynced());
    assertThat(worst()).containsExactly(Map.entry("a", ""));
  }

  @Test
  void removal_notSynced_leavesTheFile() {
    volume.adopt(Map.of("a", bytes("text")));
    done(new Effect.Removed("a"));
    assertThat(worst()).containsExactly(Map.entry("a", "text"));
    done(new Effect.NamesSynced());
    assertThat(worst()).isEmpty();
  }

  @Test
  void begin_ofWhatNobodySynced_isLeftInOrder() {
    volume.adopt(Map.of("a", bytes("....")));
    done(wrote(0, "x"), wrote(1, "y"));
    assertThat(texts(volume.image(Keeping.first(1)))).containsExactly(Map.entry("a", "x..."));
  }

  @Test
  void lastWrite_torn_leavesWholeSectorsOfItsBegin() {
    volume.adopt(Map.of("a", new byte[0]));
    byte[] written = new byte[4 * Keeping.SECTOR_BYTES];
    done(new Effect.Wrote("a", 0, new FileBytes(written)));
    byte[] left = volume.image(Keeping.torn(0, new Random(1))).getOrDefault("a", new byte[0]);
    assertThat(left.length % Keeping.SECTOR_BYTES).isZero();
    assertThat(left.length).isLessThan(written.length);
  }

  @Test
  void whatIsNotSettled_isOnlySeen() {
    volume.record(new Effect.Made("a"));
    assertThat(volume.isThere("a")).isTrue();
    assertThat(texts(volume.image(Keeping.EVERYTHING))).isEmpty();
  }

  @Test
  void image_ofAFileThatWasChangedInUnknownWays_isNotMade() {
    volume.adopt(Map.of("a", bytes("text")));
    done(new Effect.Unknown("a", "sendfile"));
    assertThatThrownBy(this::worst).isInstanceOf(RecordingError.class);
  }
}
