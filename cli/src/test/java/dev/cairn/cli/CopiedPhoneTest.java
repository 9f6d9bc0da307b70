package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.Device;
import dev.cairn.client.StoresUnderOneKey;
import dev.cairn.client.okhttp.OkHttpTransport;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.Transport;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two copies of one phone write to one feed, and both hear that a desk has what they wrote. */
final class CopiedPhoneTest {

  @TempDir private Path folder;

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void record(Device phone, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      phone.record(NewRecord.of(List.of(new Operation.Note("seen " + i))));
    }
  }

  private static List<String> states(Device phone) throws Exception {
    return phone.list().stream()
        .map(ReportStatus::state)
        .map(state -> state.word())
        .collect(Collectors.toList());
  }

  @Test
  void branchesOfUnequalLength_areBothConfirmed_beforeAnythingJoinsThem() throws Exception {
    try (RunningServer server =
            Server.start(ServerConfig.of(folder.resolve("server")).tls(false).build());
        Transport link = OkHttpTransport.to(server.url().toString(), Optional.empty())) {
      StoresUnderOneKey stores = new StoresUnderOneKey(folder, CommandSpace.PASSPHRASE);
      byte[] invitation = Files.readAllBytes(folder.resolve("server/server-invitation"));
      try (Device owner = stores.found(folder.resolve("owner"), invitation, "Desk")) {
        Desk desk = Desk.over(owner);
        desk.sync(link, SyncListener.NONE);
        try (Device phone = stores.join(owner, folder.resolve("phone"), Role.REPORTER, "Phone")) {
          desk.sync(link, SyncListener.NONE);
          record(phone, 1);
          phone.sync(link, SyncListener.NONE);
        }
        copy(folder.resolve("phone"), folder.resolve("copy"));
        try (Device phone = stores.open(folder.resolve("phone"));
            Device copy = stores.open(folder.resolve("copy"))) {
          record(phone, 3);
          phone.sync(link, SyncListener.NONE);
          desk.sync(link, SyncListener.NONE);
          record(copy, 1);
          copy.sync(link, SyncListener.NONE);
          desk.sync(link, SyncListener.NONE);
          phone.sync(link, SyncListener.NONE);
          copy.sync(link, SyncListener.NONE);
          copy.sync(link, SyncListener.NONE);
          assertThat(states(phone)).hasSize(4).containsOnly("confirmed");
          assertThat(states(copy)).hasSize(2).containsOnly("confirmed");
          long saidSoFar = owner.state().changes();
          desk.sync(link, SyncListener.NONE);
          assertThat(owner.state().changes()).as("nothing is confirmed twice").isEqualTo(saidSoFar);
        }
      }
    }
  }
}
