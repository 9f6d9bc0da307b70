package dev.cairn.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.cairn.client.Cairn;
import dev.cairn.client.Device;
import dev.cairn.client.okhttp.OkHttpTransport;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Secret;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An app that has a phone's store open and does with it what a reporter does in a day, and whose
 * memory is then written to a file as it is: garbage and all.
 */
final class PhoneInUse {

  private PhoneInUse() {}

  /**
   * Runs.
   *
   * @param words the store, its passphrase, a bundle that somebody handed over, the file to write
   */
  public static void main(String[] words) throws Exception {
    Secret passphrase = Secret.take(words[1].getBytes(StandardCharsets.UTF_8));
    try (Device phone = Cairn.open(Path.of(words[0]), passphrase, KeyProtector.NONE)) {
      ServerAddress server = phone.profile().server();
      phone.record(NewRecord.of(List.of(new Operation.Note("while the phone was in use"))));
      try (InputStream bundle = Files.newInputStream(Path.of(words[2]));
          Transport transport =
              OkHttpTransport.to(server.text(), server.pin().map(Digest::bytes))) {
        phone.importBundle(bundle);
        phone.sync(transport, SyncListener.NONE);
        phone.exportBundle(new ByteArrayOutputStream(), Long.MAX_VALUE);
        phone.sync(transport, SyncListener.NONE);
      }
      phone.list();
      phone.devices();
      phone.circles();
      phone.openedChanges(held -> {});
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(words[3], false);
    }
  }
}
