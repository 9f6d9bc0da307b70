package dev.cairn.protocol.vectors;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Vectors made by others. Ours and those copied out of RFCs are resources of this module; the large
 * published files lie outside, in the folder named by the system property {@code cairn.vectors} or
 * in {@code shared/vectors} beside some folder above this one.
 */
public final class PublishedVectors {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PublishedVectors() {}

  /** A published file; the test that asks is aborted, and says why, where it is not at hand. */
  public static JsonNode published(String file) throws IOException {
    Optional<Path> folder = folder();
    assumeTrue(
        folder.isPresent(), "no folder of published vectors; name it with -Dcairn.vectors=FOLDER");
    Path path = folder.orElseThrow().resolve(file);
    assumeTrue(Files.isRegularFile(path), "published vectors lack " + file);
    return JSON.readTree(path.toFile());
  }

  /** A file in this module's {@code vectors}. */
  public static JsonNode own(String file) throws IOException {
    return JSON.readTree(resource("/vectors/" + file));
  }

  /** A resource of this module. */
  static byte[] resource(String path) throws IOException {
    try (InputStream in = PublishedVectors.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("no resource " + path);
      }
      return in.readAllBytes();
    }
  }

  /** The bytes under a name, written as hexadecimal digits. */
  public static byte[] bytes(JsonNode node, String name) throws MalformedException {
    return Hex.decode(node.required(name).textValue().toLowerCase(Locale.ROOT));
  }

  /** One line for whoever reads the build's output. */
  public static void report(String file, int ran, String remark) {
    System.out.println("vectors: " + file + ": " + ran + " ran" + remark);
  }

  private static Optional<Path> folder() {
    String named = System.getProperty("cairn.vectors");
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Files::isDirectory);
    }
    for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
      Path candidate = above.resolve("shared").resolve("vectors");
      if (Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
