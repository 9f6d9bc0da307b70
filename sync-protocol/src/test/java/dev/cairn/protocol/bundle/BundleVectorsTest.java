package dev.cairn.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.vectors.PublishedVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of parcels, whole, damaged and of others, and of the bundles they come in. */
class BundleVectorsTest {

  private static final Map<String, EncryptionKey> KEYS = new HashMap<>();
  private static JsonNode file;

  @BeforeAll
  static void readFile() throws Exception {
    file = PublishedVectors.own("bundle-1.json");
    for (Map.Entry<String, JsonNode> seed : file.required("seeds").properties()) {
      byte[] bytes = Hex.decode(seed.getValue().textValue());
      KEYS.put(seed.getKey(), EncryptionKey.of(Secret.take(bytes)));
    }
  }

  static Stream<Arguments> parcels() {
    return cases("parcels");
  }

  static Stream<Arguments> bundles() {
    return cases("bundles");
  }

  static Stream<Arguments> pieces() {
    return cases("pieces");
  }

  private static Stream<Arguments> cases(String list) {
    return StreamSupport.stream(file.required(list).spliterator(), false)
        .map(vector -> Arguments.of(vector.required("name").textValue(), vector));
  }

  private static List<EncryptionKey> keys(Iterable<JsonNode> names) {
    List<EncryptionKey> some = new ArrayList<>();
    names.forEach(name -> some.add(KEYS.get(name.textValue())));
    return some;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parcels")
  void parcel_published_becomesWhatItSays(String name, JsonNode vector) throws Exception {
    List<EncryptionKey> keys = keys(vector.required("keys"));
    List<ParcelContent> opened = new ArrayList<>();

    assertThat(outcome(parcel(vector), keys, opened))
        .isEqualTo(vector.required("outcome").asText());
    if (vector.has("content")) {
      byte[] content = PublishedVectors.bytes(vector, "content");
      assertThat(ContentCodec.pad(opened.get(0))).isEqualTo(RawParcel.padded(content));
    } else if (!opened.isEmpty()) {
      assertThat(ContentCodec.pad(opened.get(0)))
          .hasSize(vector.required("contentSize").intValue())
          .startsWith(PublishedVectors.bytes(vector, "contentBegins"));
    }
  }

  private static byte[] parcel(JsonNode vector) throws Exception {
    if (vector.has("parcel")) {
      return PublishedVectors.bytes(vector, "parcel");
    }
    List<Object> stanzas = new ArrayList<>();
    for (JsonNode stanza : vector.required("stanzas")) {
      stanzas.add(Hex.decode(stanza.textValue()));
    }
    byte[] begun = PublishedVectors.bytes(vector, "contentBegins");
    byte[] content = Arrays.copyOf(begun, vector.required("contentSize").intValue());
    return RawParcel.of(1, stanzas, RawParcel.sealed(RawParcel.padded(content)));
  }

  private static String outcome(byte[] parcel, List<EncryptionKey> keys, List<ParcelContent> opened)
      throws Exception {
    try {
      ParcelContent content = Parcel.open(parcel, keys);
      opened.add(content);
      boolean isOurs = content.space().toString().equals(file.required("space").textValue());
      return isOurs ? "OPENS" : "OTHER_SPACE";
    } catch (UndecryptableException others) {
      return "NOT_FOR_US";
    } catch (TooNewException newer) {
      return "NEWER";
    } catch (MalformedException wrong) {
      return "REFUSED";
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bundles")
  void bundle_published_becomesWhatItSays(String name, JsonNode vector) throws Exception {
    List<byte[]> parcels = new ArrayList<>();
    String outcome = read(PublishedVectors.bytes(vector, "file"), parcels);
    List<String> outcomes = new ArrayList<>();
    for (byte[] parcel : parcels) {
      outcomes.add(outcome(parcel, List.of(KEYS.get("desk")), new ArrayList<>()));
    }
    List<String> wanted = new ArrayList<>();
    vector.required("parcels").forEach(each -> wanted.add(each.textValue()));

    assertThat(outcome).isEqualTo(vector.required("outcome").textValue());
    assertThat(outcomes).isEqualTo(wanted);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pieces")
  void piece_published_holdsOrNot(String name, JsonNode vector) throws Exception {
    byte[] padded = RawParcel.padded(PublishedVectors.bytes(vector, "content"));
    ParcelContent.Piece piece = (ParcelContent.Piece) ContentCodec.unpad(padded);

    assertThat(ContentCodec.pad(piece)).isEqualTo(padded);
    assertThat(PieceSignature.holds(piece)).isEqualTo(vector.required("holds").booleanValue());
  }

  private static String read(byte[] file, List<byte[]> parcels) {
    BundleReader reader = new BundleReader();
    try {
      reader.feed(file, 0, file.length);
      Optional<byte[]> next = reader.next();
      while (next.isPresent()) {
        parcels.add(next.get());
        next = reader.next();
      }
      return reader.isWhole() ? "WHOLE" : "CUT";
    } catch (TooNewException newer) {
      return "NEWER";
    } catch (CairnException wrong) {
      return "REFUSED";
    }
  }
}
