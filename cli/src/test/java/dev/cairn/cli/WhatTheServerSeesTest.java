package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.client.Device;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerConfig;
import dev.cairn.server.ServerConfig.HostPort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything a server receives and stores while people do what they do, held against the table of
 * docs/THREAT-MODEL.md: what is not in the table may not be seen, and what is not seen may not be
 * in the table.
 */
final class WhatTheServerSeesTest {

  /** What cannot be read, and what proves it: nothing about anybody. */
  private static final String SEALED = "sealed, drawn by chance, or a proof of the rest";

  /** The forms of HTTP and of the protocol, the same for everybody. */
  private static final String FORM = "a form, the same for everybody";

  /** What the server made itself. */
  private static final String OWN = "the server's own";

  private static final String ROSTER = "the roster";
  private static final String FEED = "feed positions";
  private static final String SIZES = "padded sizes";
  private static final String SEEN = "which roster heads";
  private static final String FILES = "attachment ids";
  private static final String ERASED = "which change was erased";
  private static final String ASKS = "who asks";
  private static final String ARRIVAL = "when things arrive";

  /** What each sight is, by the first pattern that fits it whole. */
  private static final Map<String, String> MEANING = new LinkedHashMap<>();

  static {
    MEANING.put("(GET|POST|HEAD|PATCH) /v1/.*", ASKS);
    MEANING.put("parameter (from|seen|size|first|count|generation)", ASKS);
    MEANING.put("parameter (hashes|own|alone)", ASKS);
    MEANING.put("header (signature-input|range)", ASKS);
    MEANING.put("header upload-(length|offset)", SIZES);
    MEANING.put("header upload-metadata", FILES);
    MEANING.put("header (signature|content-digest|cairn-space-code)", SEALED);
    MEANING.put("header (host|user-agent|accept|accept-encoding|connection|content-type)", FORM);
    MEANING.put("header (content-length|transfer-encoding|tus-resumable)", FORM);
    MEANING.put("parcel", ASKS);
    MEANING.put("body of PATCH /v1/uploads/T", SEALED);
    MEANING.put("entry [0-9]+", FORM);
    MEANING.put("statement, field (1|2|3)", FORM);
    MEANING.put("statement, field (4|6|7)", ROSTER);
    MEANING.put("statement, field 5", SEALED);
    MEANING.put("statement of kind [0-9]+, field [0-9]+", ROSTER);
    MEANING.put("change, field [1-7]", FEED);
    MEANING.put("change, field (8|9|12)", SEEN);
    MEANING.put("change, field 10", FILES);
    MEANING.put("change, field (11|14|17)", SEALED);
    MEANING.put("change, field 13", ERASED);
    MEANING.put("change, field 15", SIZES);
    MEANING.put("change, field 16", SIZES);

    MEANING.put("stored space[.](number|origin|generation|size|waiting)", OWN);
    MEANING.put("stored space[.]id", ROSTER);
    MEANING.put("stored code[.].*", OWN);
    MEANING.put("stored device[.](space|number)", OWN);
    MEANING.put("stored device[.](id|changes)", FEED);
    MEANING.put("stored device[.]size_bytes", SIZES);
    MEANING.put("stored statement[.]space", OWN);
    MEANING.put("stored statement[.]position", ARRIVAL);
    MEANING.put("stored statement[.](id|encoded)", ROSTER);
    MEANING.put("stored change[.](space|frame_end)", OWN);
    MEANING.put("stored change[.]position", ARRIVAL);
    MEANING.put("stored change[.](id|device|sequence|payload)", FEED);
    MEANING.put("stored change[.]signature", SEALED);
    MEANING.put("stored change[.]ciphertext", SIZES);
    MEANING.put("stored (node|checkpoint|generation|refill|refill_leaf)[.].*", OWN);
    MEANING.put("stored refill_entry[.](space|position|frame_end)", OWN);
    MEANING.put("stored refill_entry[.](statement)", ROSTER);
    MEANING.put("stored refill_entry[.](payload)", FEED);
    MEANING.put("stored refill_entry[.](ciphertext)", SIZES);
    MEANING.put("stored refill_entry[.](signature)", SEALED);
    MEANING.put("stored refill_generation[.](space|number)", OWN);
    MEANING.put("stored refill_generation[.](id|encoded)", ROSTER);
    MEANING.put("stored naming[.]space", OWN);
    MEANING.put("stored naming[.](attachment|change|device)", FILES);
    MEANING.put("stored naming[.]size_bytes", SIZES);
    MEANING.put("stored head[.].*", FEED);
    MEANING.put("stored erasure(_ahead)?[.].*", ERASED);
    MEANING.put("file (lock|ledger[.]sqlite|server-invitation|answers[.]bundle)", OWN);
    MEANING.put("file ledger[.]sqlite-(wal|shm)", OWN);
    MEANING.put("file keys/.*", OWN);
    MEANING.put("file attachments/.*", FILES);
  }

  private static final String PLACE = "Khirbet al-Zaytun";
  private static final String STORY = "They came before dawn in four grey vehicles";
  private static final String LABEL = "market square, second visit";
  private static final String COMMENT = "compare with the hospital list first";
  private static final String QUESTION = "Which road did the vehicles leave by?";
  private static final String ANSWER = "The northern one, towards the quarry";
  private static final String REASON = "written down twice by mistake";
  private static final String CIRCLE = "Team of the olives";
  private static final String SPACE = "Harbourwatch Collective";
  private static final String DATE = "2025-03-07";
  private static final String PHOTO_NAME = "courtyard-evening.jpeg";
  private static final String PHOTO = "not a photograph, but a run of bytes nobody else has";
  private static final List<String> PEOPLE = List.of("Oleander", "Tamarisk", "Sycamore");

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static RunningServer server;
  private static RecordingLink link;
  private static final Set<String> SIGHTS = new TreeSet<>();
  private static final List<String> RECORDS = new ArrayList<>();
  private static final List<Path> WHERE = new ArrayList<>();

  @BeforeAll
  static void live() throws Exception {
    space = CommandSpace.in(folder);
    link = new RecordingLink();
    ServerConfig config =
        ServerConfig.of(space.path("server"))
            .listen(new HostPort("127.0.0.1", 0))
            .address("http://127.0.0.1:" + link.port())
            .tls(false)
            .build();
    server = Server.start(config);
    link.target(server.url().getPort());
    people();
    reports();
    review();
    couriers();
    changesAmongPeople();
    look();
  }

  @AfterAll
  static void end() throws Exception {
    server.close();
    link.close();
  }

  private static void people() {
    space.foundRecoverable("desk", SPACE, PEOPLE.get(0));
    join("reporter", PEOPLE.get(1), "phone");
    join("reporter", PEOPLE.get(2), "courier");
    join("coordinator", "Pistachio", "second");
    space.sync("desk", "phone", "courier", "second", "desk");
    confirmAll();
    space.sync("desk", "second", "phone");
  }

  private static void join(String role, String name, String data) {
    String file = space.at("invitation-" + data);
    String code =
        space.by("desk", "invite", "--role", role, "--out", file).json().path("code").asText();
    space.by(data, "join", file, "--code", code, "--as", name);
  }

  private static void confirmAll() {
    space
        .by("desk", "device", "list")
        .json()
        .forEach(
            device -> {
              if (device.path("state").asText().equals("provisional")) {
                space.by("desk", "device", "confirm", device.path("device").asText(), "--yes");
              }
            });
  }

  private static String device(String pseudonym) {
    for (JsonNode device : space.by("desk", "device", "list").json()) {
      if (device.path("pseudonym").asText().equals(pseudonym)) {
        return device.path("device").asText();
      }
    }
    throw new AssertionError("nobody is called so");
  }

  private static String record(String data, String... settings) {
    List<String> words = new ArrayList<>(List.of("report", "add"));
    for (String setting : settings) {
      words.addAll(List.of("--set", setting));
    }
    words.addAll(List.of("--label", LABEL));
    String record = space.by(data, words.toArray(new String[0])).json().path("record").asText();
    RECORDS.add(record);
    return record;
  }

  private static void reports() throws Exception {
    String told =
        record("phone", "place.en=" + PLACE, "narrative.en=" + STORY, "date.start=" + DATE);
    Files.writeString(space.path(PHOTO_NAME), PHOTO.repeat(100));
    space.by("phone", "report", "attach", told, space.at(PHOTO_NAME));
    space.by("phone", "report", "edit", told, "--set", "place.en=" + PLACE + ", west");
    space.by("phone", "report", "assert", told, "--metric", "killed", "--low", "5", "--high", "7");
    space.sync("phone");
    String mistaken = record("phone", "place.en=" + PLACE);
    space.by("phone", "report", "retract", mistaken, "--reason", REASON);
    space.sync("phone", "desk", "second", "phone");
  }

  private static void review() {
    String told = RECORDS.get(0);
    space.by("second", "report", "edit", told, "--set", "place.en=" + PLACE + ", east");
    space.sync("second", "desk");
    space.by("desk", "review", "comment", told, "--text", COMMENT);
    space.by("desk", "review", "state", told, "--to", "reviewed");
    space.by("desk", "review", "send-back", told, "--ask", QUESTION);
    space.by("desk", "review", "link", told, RECORDS.get(1), "--as", "distinct");
    space.by("desk", "review", "resolve", told, "place.en", "--value", PLACE, "--reason", REASON);
    space.sync("desk", "phone");
    String question =
        space
            .by("phone", "report", "show", told)
            .json()
            .path("questions")
            .path(0)
            .path("id")
            .asText();
    space.by("phone", "report", "answer", told, question, "--text", ANSWER);
    space.sync("phone", "desk", "second");
  }

  private static void couriers() {
    record("phone", "place.en=" + PLACE, "narrative.en=" + STORY);
    space.by("phone", "bundle", "export", "--out", space.at("stick"));
    space.by("courier", "bundle", "import", space.at("stick"));
    space.sync("courier", "desk");
  }

  private static void changesAmongPeople() {
    space.by("desk", "circle", "create", CIRCLE, device(PEOPLE.get(1)), device(PEOPLE.get(2)));
    space.sync("desk", "phone", "courier");
    space.by("phone", "report", "add", "--circle", CIRCLE, "--set", "narrative.en=" + STORY);
    space.sync("phone", "courier", "desk");
    space.by("desk", "circle", "remove", CIRCLE, device(PEOPLE.get(2)));
    space.by("desk", "device", "suspend", device(PEOPLE.get(2)), "--yes");
    String code =
        space
            .by(
                "desk",
                "member",
                "replace-device",
                device(PEOPLE.get(1)),
                "--out",
                space.at("invitation-new"),
                "--yes")
            .json()
            .path("code")
            .asText();
    space.by("new", "join", space.at("invitation-new"), "--code", code, "--as", PEOPLE.get(1));
    space.by("phone", "report", "add", "--set", "narrative.en=" + STORY);
    space.by("phone", "bundle", "export", "--out", space.at("late-stick"));
    space.sync("desk", "new", "desk");
    confirmAll();
    space.by("desk", "bundle", "import", space.at("late-stick"));
    String waiting =
        space.by("desk", "quarantine", "list").json().at("/quarantine/0/change").asText();
    space.by("desk", "quarantine", "accept", waiting, "--reason", REASON, "--yes");
    String erased =
        space.by("desk", "review", "show", RECORDS.get(2)).json().findValue("change").asText();
    space.by("desk", "review", "erase", erased, "--reason", REASON, "--yes");
    space.sync("desk");
    space.run(
        "recover",
        "--recovery",
        space.at("sheet"),
        "--server-invitation",
        space.at("server/server-invitation"),
        "--data",
        space.at("again"),
        "--as",
        PEOPLE.get(0));
    space.sync("again", "new");
  }

  private static void look() throws Exception {
    Sights sights = new Sights();
    int number = 0;
    for (byte[] connection : link.received()) {
      ReceivedRequest.all(connection).forEach(sights::request);
      Path kept = space.path("received-" + number++);
      Files.write(kept, connection);
      WHERE.add(kept);
    }
    SIGHTS.addAll(sights.names());
    Path root = space.path("server");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        SIGHTS.add("file " + root.relativize(file));
        WHERE.add(file);
      }
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + root.resolve("ledger.sqlite"));
        Statement statement = connection.createStatement();
        ResultSet columns =
            statement.executeQuery(
                "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
                    + " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'")) {
      while (columns.next()) {
        SIGHTS.add("stored " + columns.getString(1) + "." + columns.getString(2));
      }
    }
  }

  private static String meaning(String sight) {
    return MEANING.entrySet().stream()
        .filter(each -> sight.matches(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("not in the table");
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("docs")) ? here : here.getParent();
  }

  /** The first column of the table, as far as it is needed to tell the rows apart. */
  private static List<String> rows() throws Exception {
    String text = Files.readString(root().resolve("docs/THREAT-MODEL.md"), StandardCharsets.UTF_8);
    int from = text.indexOf("| It sees | Because |");
    Matcher row =
        Pattern.compile("^\\| (?!It sees)([^|]+) \\|", Pattern.MULTILINE)
            .matcher(text.substring(from, text.indexOf("It does not see", from)));
    return row.results().map(each -> each.group(1)).collect(Collectors.toList());
  }

  @Test
  void server_seesNothingThatIsNotInTheTable() {
    assertThat(SIGHTS).filteredOn(sight -> meaning(sight).equals("not in the table")).isEmpty();
  }

  @Test
  void table_hasARowForEachSightAndNoOther() throws Exception {
    Set<String> meant =
        SIGHTS.stream()
            .map(WhatTheServerSeesTest::meaning)
            .collect(Collectors.toCollection(TreeSet::new));
    meant.removeAll(List.of(SEALED, FORM, OWN));

    assertThat(rows()).allMatch(row -> meant.stream().anyMatch(row::startsWith));
    assertThat(meant)
        .allMatch(
            each -> {
              try {
                return rows().stream().anyMatch(row -> row.startsWith(each));
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
  }

  @Test
  void server_isShownEveryKindOfThing() {
    assertThat(SIGHTS)
        .as("what the scenario has to bring to mean anything")
        .contains(
            "parcel",
            "entry 1",
            "entry 2",
            "change, field 10",
            "change, field 15",
            "header upload-metadata",
            "statement of kind 1, field 6",
            "statement of kind 2, field 5",
            "statement of kind 3, field 3",
            "statement of kind 4, field 1",
            "statement of kind 5, field 2",
            "statement of kind 6, field 3",
            "statement of kind 7, field 3",
            "statement of kind 10, field 2",
            "statement of kind 11, field 4",
            "statement of kind 2, field 6",
            "change, field 13");
  }

  @Test
  void bytes_holdNothingThatPeopleSaid() throws Exception {
    Needles needles = new Needles();
    for (String said :
        List.of(
            PLACE,
            STORY,
            LABEL,
            COMMENT,
            QUESTION,
            ANSWER,
            REASON,
            SPACE,
            DATE,
            PHOTO_NAME,
            PHOTO,
            "place.en",
            "narrative",
            "image/jpeg",
            "Pistachio")) {
      seek(needles, said);
    }
    PEOPLE.forEach(name -> seek(needles, name));
    for (String record : RECORDS) {
      needles.text("a record's id", record);
      needles.bytes("a record's id", Hex.decode(record));
    }
    try (Device desk = space.open("desk")) {
      needles.bytes("a device's id", desk.profile().device().bytes());
    }
    Set<String> found = new TreeSet<>();
    for (Path place : WHERE) {
      found.addAll(needles.in(place));
    }

    assertThat(found).as("the search finds what is there").contains("a device's id");
    found.remove("a device's id");
    assertThat(found).isEmpty();
  }

  /** In every form in which it might travel; a text begins at any of three places in base 64. */
  private static void seek(Needles needles, String said) {
    byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
    needles.text(said, said).text(said + " in hex", Hex.encode(bytes));
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[shift + bytes.length];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      String coded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      String inner = coded.substring(shift == 0 ? 0 : 4, coded.length() - 2);
      if (inner.length() >= Long.BYTES) {
        needles.text(said + " in base 64", inner);
      }
    }
  }

  @Test
  void sizes_areAFewOfPadme() throws Exception {
    Set<Long> sizes = new TreeSet<>();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + space.path("server").resolve("ledger.sqlite"));
        Statement statement = connection.createStatement();
        ResultSet lengths =
            statement.executeQuery(
                "SELECT length(ciphertext) FROM change WHERE ciphertext IS NOT NULL")) {
      while (lengths.next()) {
        sizes.add(lengths.getLong(1) - 16);
      }
    }

    assertThat(sizes).isNotEmpty().allMatch(WhatTheServerSeesTest::isPadme);
  }

  /** The low bits are zero: as many as the exponent has beyond its own length (Nikitin 2019). */
  private static boolean isPadme(long size) {
    int exponent = 63 - Long.numberOfLeadingZeros(size);
    int kept = 64 - Long.numberOfLeadingZeros(exponent);
    long mask = (1L << Math.max(0, exponent - kept)) - 1;
    return (size & mask) == 0;
  }
}
