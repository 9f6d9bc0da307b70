package dev.cairn.client.casualty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Documents in the shape of casualty JSON, bent in every way that is not refused. */
final class RandomDocuments {

  private static final List<String> TEXT_KEYS =
      Arrays.asList(
          "code",
          "time_of_day",
          "method",
          "cause",
          "evidence_grade",
          "attribution",
          "narrative",
          "narrative_ar",
          "narrative_en",
          "narrative_fr",
          "narrative_ku");
  private static final List<String> METRICS =
      Arrays.asList("killed", "injured", "missing", "detained", "displaced");
  private static final List<String> GROUPS =
      Arrays.asList("civilian", "children", "women", "men", "belligerent");
  private static final List<String> STRANGE_KEYS =
      Arrays.asList(
          "",
          ".",
          "\\",
          "a.b",
          "record",
          "cairn",
          "shape",
          "tags",
          "title",
          "verification",
          "persons",
          "place.en",
          "killed.civilian",
          "point",
          "precision",
          "best",
          "qualifier",
          "grade",
          "note",
          "extra",
          "=x",
          "name",
          "status",
          "fields",
          "relation",
          "methods",
          "\u200f\u0645",
          "\ud83d\ude00",
          "counts",
          "total");
  private static final List<String> TEXTS =
      Arrays.asList(
          "",
          " ",
          "null",
          "Aleppo",
          "\u062d\u0644\u0628",
          "\u200f\u202e rtl",
          "\ud83d\ude00\ud83c\udff4",
          "a\nb\r\n\tc",
          "\u0000\u001f\u007f\u0085\u2028\ufeff",
          "\"\\/",
          "e\u0301 \u00e9",
          "A1",
          "about",
          "2024");
  private static final List<String> NUMBERS =
      Arrays.asList(
          "0", "-0", "1", "2", "3", "1.0", "36.6500", "1E400", "-1e-5", "90", "123456789012");

  private final Random random;

  RandomDocuments(long seed) {
    this.random = new Random(seed);
  }

  Json.Members next() {
    Map<String, Json> members = new LinkedHashMap<>();
    for (String key : TEXT_KEYS) {
      maybe(members, key, this::textOrNull);
    }
    maybe(
        members, "date", () -> pick(text("2020-02-29"), text("2021"), text("2019-01/2020"), nul()));
    maybe(members, "place", () -> pick(place(), place(), place(), nul()));
    for (String metric : METRICS) {
      maybe(members, metric, () -> pick(counts(), counts(), counts(), nul()));
    }
    maybe(members, "alleged_perpetrators", () -> pick(list(this::textOrNull), nul()));
    maybe(members, "sources", () -> pick(list(this::source), list(this::source), nul()));
    strange(members, 4);
    return new Json.Members(shuffled(members));
  }

  private interface Making {
    Json make();
  }

  private void maybe(Map<String, Json> members, String key, Making making) {
    if (random.nextInt(10) < 7) {
      members.put(key, making.make());
    }
  }

  private Map<String, Json> shuffled(Map<String, Json> members) {
    List<String> keys = new ArrayList<>(members.keySet());
    if (random.nextInt(3) == 0) {
      Collections.shuffle(keys, random);
    }
    Map<String, Json> shuffled = new LinkedHashMap<>();
    keys.forEach(key -> shuffled.put(key, members.get(key)));
    return shuffled;
  }

  private Json place() {
    Map<String, Json> members = new LinkedHashMap<>();
    for (String key : Arrays.asList("en", "ar", "region")) {
      maybe(members, key, this::textOrNull);
    }
    for (String key : Arrays.asList("latitude", "longitude")) {
      maybe(members, key, () -> pick(number("36.6500"), number("-1e-5"), number("90"), nul()));
    }
    strange(members, 2);
    return new Json.Members(shuffled(members));
  }

  private Json counts() {
    Map<String, Json> members = new LinkedHashMap<>();
    for (String group : GROUPS) {
      if (random.nextInt(3) == 0) {
        members.put(group, pick(range(), range(), range(), nul()));
      }
    }
    strange(members, 1);
    return new Json.Members(shuffled(members));
  }

  private Json range() {
    Map<String, Json> members = new LinkedHashMap<>();
    int low = random.nextInt(5);
    maybe(members, "min", () -> pick(number("" + low), number("" + low), nul()));
    maybe(members, "max", () -> pick(number("" + (low + random.nextInt(3))), nul()));
    strange(members, 1);
    return new Json.Members(shuffled(members));
  }

  private Json source() {
    Map<String, Json> members = new LinkedHashMap<>();
    int complete = random.nextInt(3);
    for (String key : SourceKeys.KEYS) {
      if (complete > 0 || random.nextBoolean()) {
        members.put(key, textOrNull());
      }
    }
    if (complete == 0) {
      strange(members, 2);
    }
    return complete == 2 && random.nextInt(9) == 0
        ? nul()
        : new Json.Members(complete > 0 ? members : shuffled(members));
  }

  /** Keys that the format does not know here, with anything below them. */
  private void strange(Map<String, Json> members, int most) {
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      String key = STRANGE_KEYS.get(random.nextInt(STRANGE_KEYS.size()));
      members.putIfAbsent(key, anything(3));
    }
  }

  private Json anything(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> nul();
      case 1 -> new Json.Bool(random.nextBoolean());
      case 2, 3 -> number(NUMBERS.get(random.nextInt(NUMBERS.size())));
      case 5 -> list(() -> anything(depth - 1));
      case 6 -> strangers();
      default -> text(TEXTS.get(random.nextInt(TEXTS.size())));
    };
  }

  private Json strangers() {
    Map<String, Json> members = new LinkedHashMap<>();
    strange(members, 2);
    return new Json.Members(members);
  }

  private Json list(Making making) {
    List<Json> items = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      items.add(making.make());
    }
    return new Json.Items(items);
  }

  private Json textOrNull() {
    return random.nextInt(4) == 0 ? nul() : text(TEXTS.get(random.nextInt(TEXTS.size())));
  }

  private Json pick(Json... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static Json text(String value) {
    return new Json.Text(value);
  }

  private static Json number(String text) {
    return new Json.Decimal(text);
  }

  private static Json nul() {
    return new Json.Null();
  }
}
