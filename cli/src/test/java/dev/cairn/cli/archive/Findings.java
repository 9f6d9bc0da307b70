package dev.cairn.cli.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/** What in a jar would be different if somebody else built it elsewhere or later. */
final class Findings {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  /** All that a manifest may say; neither who built it nor where and when. */
  private static final Map<String, Pattern> MANIFEST_MAY_SAY =
      Map.of(
          "Manifest-Version", Pattern.compile("1\\.0"),
          "Created-By", Pattern.compile("Maven JAR Plugin [0-9.]+"),
          "Java-Version", Pattern.compile("[0-9]+"),
          "Build-Jdk-Spec", Pattern.compile("[0-9]+"));

  private final List<String> found = new ArrayList<>();

  private Findings() {}

  /** Reads a jar; the moment is that which every entry has to bear, in UTC. */
  static List<String> in(Path file, LocalDateTime moment) throws IOException {
    Findings findings = new Findings();
    try (JarFile jar = new JarFile(file.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(jar.entries());
      findings.times(entries, moment);
      findings.order(entries.stream().map(ZipEntry::getName).toList());
      findings.manifest(jar.getManifest());
    }
    return findings.found;
  }

  private void times(List<? extends ZipEntry> entries, LocalDateTime moment) {
    for (ZipEntry entry : entries) {
      if (!moment.equals(entry.getTimeLocal())) {
        found.add("time " + entry.getTimeLocal() + " of " + entry.getName());
      }
      if (entry.getExtra() != null) {
        found.add("more than name and time about " + entry.getName());
      }
    }
  }

  /** The manifest and its folder first, then all folders, then all files, each sorted. */
  private void order(List<String> names) {
    List<String> sorted = new ArrayList<>(List.of("META-INF/", MANIFEST));
    Map<Boolean, List<String>> rest =
        names.stream()
            .filter(name -> !sorted.contains(name))
            .sorted()
            .collect(Collectors.partitioningBy(name -> name.endsWith("/")));
    sorted.addAll(rest.getOrDefault(true, List.of()));
    sorted.addAll(rest.getOrDefault(false, List.of()));
    if (!names.equals(sorted)) {
      found.add("order of " + names);
    }
  }

  private void manifest(Manifest manifest) {
    if (manifest == null) {
      found.add("no manifest");
      return;
    }
    for (Map.Entry<Object, Object> each : manifest.getMainAttributes().entrySet()) {
      Pattern may = MANIFEST_MAY_SAY.get(((Attributes.Name) each.getKey()).toString());
      if (may == null || !may.matcher((String) each.getValue()).matches()) {
        found.add("manifest says " + each.getKey() + ": " + each.getValue());
      }
    }
    if (!manifest.getEntries().isEmpty()) {
      found.add("manifest says more of " + manifest.getEntries().keySet());
    }
  }
}
