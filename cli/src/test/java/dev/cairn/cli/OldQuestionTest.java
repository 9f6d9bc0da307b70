package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.client.Device;
import dev.cairn.client.StoresUnderOneKey;
import dev.cairn.client.okhttp.OkHttpTransport;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.Transport;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A question may lie at the server until its reporter's device has destroyed the key it needs. */
final class OldQuestionTest {

  private static final Duration MONTH = Duration.ofMillis(Limits.OWN_EPOCH_AGE_MILLIS_MAX);

  @TempDir private Path folder;
  private RunningServer server;
  private Transport link;
  private StoresUnderOneKey stores;
  private Device desk;
  private Device phone;
  private RecordId record;

  @BeforeEach
  void begin() throws Exception {
    server = Server.start(ServerConfig.of(folder.resolve("server")).tls(false).build());
    link = OkHttpTransport.to(server.url().toString(), Optional.empty());
    stores = new StoresUnderOneKey(folder, CommandSpace.PASSPHRASE);
    Files.writeString(folder.resolve("passphrase"), CommandSpace.PASSPHRASE);
    byte[] invitation = Files.readAllBytes(folder.resolve("server/server-invitation"));
    desk = stores.found(folder.resolve("desk"), invitation, "First");
    desk.sync(link, SyncListener.NONE);
    phone = stores.join(desk, folder.resolve("phone"), Role.REPORTER, "Phone");
    sync();
    NewRecord seen = NewRecord.of(List.of(new Operation.Note("seen")));
    record = phone.record(seen);
    sync();
  }

  @AfterEach
  void end() throws Exception {
    desk.close();
    phone.close();
    link.close();
    server.close();
  }

  private void sync() throws Exception {
    for (Device each : List.of(desk, phone, desk)) {
      each.sync(link, SyncListener.NONE);
    }
  }

  private ChangeId ask(String question) throws Exception {
    return Desk.over(desk).reviewing().sendBack(record, question);
  }

  private CommandRun show(String... more) throws Exception {
    desk.close();
    String[] words = {
      "review", "show", record.toString(), "--data", folder.resolve("desk").toString()
    };
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--passphrase-file", folder.resolve("passphrase").toString()));
    all.addAll(List.of(more));
    CommandRun run = CommandRun.of(all.toArray(new String[0]));
    desk = stores.open(folder.resolve("desk"));
    return run;
  }

  private boolean isUnderOldKey(ChangeId question) throws Exception {
    JsonNode said = show("--json").json().path("statements");
    return StreamSupport.stream(said.spliterator(), false)
        .filter(each -> each.path("change").asText().equals(question.toString()))
        .findFirst()
        .orElseThrow()
        .path("old_key")
        .asBoolean();
  }

  @Test
  void question_underAKeyThatWasReplaced_isShownAsSuch_untilItIsAnswered() throws Exception {
    ChangeId question = ask("when?");
    sync();
    assertThat(isUnderOldKey(question)).isFalse();

    phone.close();
    phone = stores.openLater(folder.resolve("phone"), MONTH.plusDays(1));
    sync();
    assertThat(isUnderOldKey(question)).isTrue();
    assertThat(show().stdout()).contains("ask again");

    ChangeId again = ask("when, please?");
    sync();
    assertThat(isUnderOldKey(again)).isFalse();
    phone.answer(record, question, "at noon");
    sync();
    assertThat(isUnderOldKey(question)).isFalse();
    assertThat(show().stdout()).doesNotContain("ask again");
  }
}
