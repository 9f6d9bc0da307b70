package dev.cairn.cli.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that two builds could differ in is found. */
class FindingsTest {

  private static final LocalDateTime MOMENT = LocalDateTime.of(2026, 1, 1, 0, 0);
  private static final String MANIFEST =
      "Manifest-Version: 1.0\r\nCreated-By: Maven JAR Plugin 3.5.1\r\nBuild-Jdk-Spec: 17\r\n";
  private static final List<String> SORTED =
      List.of("META-INF/", "META-INF/MANIFEST.MF", "a/", "b/", "a/One.class", "b/Two.class");

  @TempDir Path folder;

  private List<String> found(List<String> names, String manifest, LocalDateTime lastTime)
      throws IOException {
    Path jar = folder.resolve("some.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < names.size(); i++) {
        ZipEntry entry = new ZipEntry(names.get(i));
        entry.setTimeLocal(i == names.size() - 1 ? lastTime : MOMENT);
        zip.putNextEntry(entry);
        if (names.get(i).endsWith(".MF")) {
          zip.write((manifest + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        zip.closeEntry();
      }
    }
    return Findings.in(jar, MOMENT);
  }

  private List<String> found(String inManifest) throws IOException {
    return found(SORTED, MANIFEST + inManifest, MOMENT);
  }

  @Test
  void jar_asEverybodyWouldBuildIt_nothingFound() throws Exception {
    assertThat(found("")).isEmpty();
  }

  @Test
  void entry_ofAnotherTime_isFound() throws Exception {
    assertThat(found(SORTED, MANIFEST, MOMENT.plusSeconds(2)))
        .containsExactly("time 2026-01-01T00:00:02 of b/Two.class");
  }

  @Test
  void entries_inAnotherOrder_areFound() throws Exception {
    List<String> other =
        List.of("META-INF/", "META-INF/MANIFEST.MF", "b/", "a/", "a/One.class", "b/Two.class");
    assertThat(found(other, MANIFEST, MOMENT)).singleElement().asString().startsWith("order");
  }

  @Test
  void manifest_absent_isFound() throws Exception {
    assertThat(found(List.of("a/", "a/One.class"), MANIFEST, MOMENT)).contains("no manifest");
  }

  @Test
  void manifest_thatSaysWhoWhereOrWhen_isFound() throws Exception {
    assertThat(found("Built-By: samir\r\n")).containsExactly("manifest says Built-By: samir");
    assertThat(found("Build-Host: desk\r\n")).hasSize(1);
    assertThat(found("Build-Jdk: 17.0.15 (/opt/java)\r\n")).hasSize(1);
    assertThat(found("Bnd-LastModified: 1767225600000\r\n")).hasSize(1);
    assertThat(found("Java-Version: /opt/java\r\n")).hasSize(1);
    assertThat(found("\r\nName: a/One.class\r\nBuilt-By: samir\r\n")).hasSize(1);
  }
}
