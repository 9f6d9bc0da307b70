package dev.cairn.cli.people;

import dev.cairn.cli.codes.Pictures;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.SmallFile;
import dev.cairn.cli.console.UsageException;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.invitation.InvitationPart;
import dev.cairn.protocol.invitation.InvitationParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An invitation as it was handed over: one file, or its codes in pictures, or their texts. */
final class HandedOver {

  private final Map<InvitationPart, Path> parts = new LinkedHashMap<>();
  private final List<String> useless = new ArrayList<>();

  private HandedOver() {}

  /**
   * The invitation file.
   *
   * @throws UsageException if whole files are given beside others
   */
  static byte[] read(List<Path> files, Output output) throws IOException, CairnException {
    HandedOver given = new HandedOver();
    for (Path file : files) {
      byte[] content = SmallFile.readPicture(file);
      if (!given.take(file, content)) {
        if (files.size() > 1) {
          throw new UsageException(
              "usage",
              "an invitation is one file, or pictures of all its codes; this file is neither a"
                  + " picture nor one of its codes",
              file.toString());
        }
        return content;
      }
    }
    return given.file(output);
  }

  /** Takes in what a file holds of codes; says no if it is something else. */
  private boolean take(Path file, byte[] content) {
    if (Pictures.isPicture(content)) {
      List<String> texts = Pictures.codes(content);
      if (texts.isEmpty()) {
        useless.add(file + ": no code can be found in this picture");
      }
      texts.forEach(text -> take(file, text));
      return true;
    }
    String text = new String(content, StandardCharsets.UTF_8);
    if (!InvitationPart.begins(text)) {
      return false;
    }
    text.lines().filter(line -> !line.isBlank()).forEach(line -> take(file, line));
    return true;
  }

  private void take(Path file, String text) {
    try {
      parts.put(InvitationPart.parse(text), file);
    } catch (CairnException e) {
      useless.add(file + ": " + e.getMessage());
    }
  }

  private byte[] file(Output output) throws CairnException {
    if (parts.isEmpty()) {
      throw new RefusedException(
          "invitation.parts-missing",
          "no code of an invitation was found: " + String.join("; ", useless));
    }
    requireOne();
    byte[] file;
    try {
      file = InvitationParts.join(parts.keySet());
    } catch (RefusedException missing) {
      useless.forEach(output::say);
      throw missing;
    }
    return file;
  }

  /** Names the files whose codes are not of the invitation that most are of. */
  private void requireOne() throws RefusedException {
    Map<String, List<InvitationPart>> byFile = new LinkedHashMap<>();
    for (InvitationPart part : parts.keySet()) {
      byFile.computeIfAbsent(part.file() + "/" + part.count(), any -> new ArrayList<>()).add(part);
    }
    List<InvitationPart> most = List.of();
    for (List<InvitationPart> same : byFile.values()) {
      most = same.size() > most.size() ? same : most;
    }
    List<String> foreign = new ArrayList<>();
    for (Map.Entry<InvitationPart, Path> each : parts.entrySet()) {
      if (!most.contains(each.getKey())) {
        foreign.add(each.getValue() + ": " + each.getKey());
      }
    }
    if (!foreign.isEmpty()) {
      throw new RefusedException(
          "invitation.parts-mixed",
          "these codes are of another invitation than "
              + most.get(0).file()
              + ", of which most are: "
              + String.join("; ", foreign));
    }
  }
}
