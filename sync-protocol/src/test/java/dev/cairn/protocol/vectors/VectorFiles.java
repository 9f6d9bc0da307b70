package dev.cairn.protocol.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.attachment.AttachmentVectors;
import dev.cairn.protocol.bundle.BundleVectors;
import dev.cairn.protocol.cose.CoseVectors;
import dev.cairn.protocol.feed.ChangeVectors;
import dev.cairn.protocol.http.RequestVectors;
import dev.cairn.protocol.log.LogVectors;
import dev.cairn.protocol.meeting.MeetingVectors;
import dev.cairn.protocol.merge.MergeVectors;
import dev.cairn.protocol.record.FieldVectors;
import dev.cairn.protocol.roster.CountingVectors;
import dev.cairn.protocol.roster.RosterStories;
import dev.cairn.protocol.roster.RosterVectors;
import dev.cairn.protocol.suite.SignatureVectors;
import java.util.Map;
import java.util.TreeMap;

/** What makes our vector files. {@link VectorFilesTest} holds them against it, or writes them. */
final class VectorFiles {

  private VectorFiles() {}

  /** What makes one file. */
  @FunctionalInterface
  interface Maker {
    JsonNode make() throws Exception;
  }

  /** File names and their makers. */
  static Map<String, Maker> makers() {
    Map<String, Maker> makers = new TreeMap<>();
    makers.put("cbor-1.json", CborVectors::make);
    makers.put("ed25519-strict.json", SignatureVectors::makeStrict);
    makers.put("ed25519-cofactored.json", SignatureVectors::makeCofactored);
    makers.put("body-1.json", BodyVectors::make);
    makers.put("frames-1.json", FrameVectors::make);
    makers.put("cose.json", CoseVectors::make);
    makers.put("change-1.json", ChangeVectors::make);
    makers.put("log-1.json", LogVectors::make);
    makers.put("roster-1.json", RosterVectors::make);
    makers.put("roster-2.json", RosterStories::make);
    makers.put("merge-1.json", MergeVectors::make);
    makers.put("merge-2.json", MergeVectors::makeStories);
    makers.put("fields-1.json", FieldVectors::make);
    makers.put("attachment.json", AttachmentVectors::make);
    makers.put("bundle-1.json", BundleVectors::make);
    makers.put("meeting-1.json", MeetingVectors::make);
    makers.put("request-1.json", RequestVectors::make);
    makers.put("suspended-1.json", CountingVectors::make);
    return makers;
  }
}
