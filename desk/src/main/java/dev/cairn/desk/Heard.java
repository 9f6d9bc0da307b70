package dev.cairn.desk;

import dev.cairn.client.held.AttachedFiles;
import dev.cairn.client.held.HeldChange;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.record.AttachedFile;
import dev.cairn.protocol.record.RecordKind;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What of a held change its author is answered. What it says is kept once, among the records, and
 * its ciphertext not at all.
 *
 * @param change its id
 * @param sequence its place in the feed
 * @param audience whom it is addressed to
 * @param hasBodyRead whether its body is open, or it has none to open
 * @param saysSomething whether it is open and states more than what desks tell devices
 * @param files what it attaches, if it counts
 * @param named those of them that it names to the server too
 */
record Heard(
    ChangeId change,
    long sequence,
    Audience audience,
    boolean hasBodyRead,
    boolean saysSomething,
    List<AttachedFile> files,
    List<AttachedFile> named) {

  static Heard of(HeldChange held) {
    List<AttachedFile> files = held.counts() ? AttachedFiles.of(held) : List.of();
    List<AttachedFile> named =
        files.stream()
            .filter(file -> AttachedFiles.isNamed(held, file))
            .collect(Collectors.toList());
    return new Heard(
        held.change().id(),
        held.change().prefix().sequence(),
        held.change().prefix().audience(),
        held.unopened().map(why -> why == HeldChange.Unopened.SESSION).orElse(true),
        held.opened()
            .map(opened -> opened.body().kind() != RecordKind.DEVICE_NOTICE.code())
            .orElse(false),
        List.copyOf(files),
        List.copyOf(named));
  }
}
