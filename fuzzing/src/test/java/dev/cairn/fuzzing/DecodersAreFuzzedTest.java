package dev.cairn.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.cairn.client.store.RowStore;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.server.stream.EntryDecoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No decoder is forgotten: each is called, by whatever way, from a target, or stands here with the
 * reason why not.
 */
class DecodersAreFuzzedTest {

  private static final Pattern NAME =
      Pattern.compile("(decode|parse|open|read|unpack|unpad|inflate|document|claimed|stated).*");

  private static final Set<String> BYTES =
      Set.of("[B", "java.lang.String", "java.io.InputStream", "dev.cairn.protocol.cbor.CborReader");

  private static final Map<String, String> NOT_FUZZED =
      Map.ofEntries(
          Map.entry("server.identity.ServerIdentity.open", "makes and opens a server's own keys"),
          Map.entry("server.identity.TlsIdentity.open", "the JDK reads the key store"),
          Map.entry("client.okhttp.DuplexExchange.open", "opens a connection"));

  private final JavaClasses classes = ownClasses();

  /** Ours and no library's: looking those up takes longer than everything else here. */
  private static JavaClasses ownClasses() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .importUrls(
            Stream.of(
                    DecodersAreFuzzedTest.class,
                    CborReader.class,
                    RowStore.class,
                    EntryDecoder.class,
                    Desk.class)
                .map(each -> each.getProtectionDomain().getCodeSource().getLocation())
                .toList());
  }

  @Test
  void decoder_ofAnyModule_isReachedFromATargetOrExceptedForAReason() {
    Set<String> reached = reached();
    Set<String> forgotten = new TreeSet<>();
    for (JavaClass each : classes) {
      for (JavaMethod method : each.getMethods()) {
        if (isDecoder(method) && !reached.contains(method.getFullName())) {
          forgotten.add(name(method));
        }
      }
    }
    assertThat(forgotten).containsExactlyInAnyOrderElementsOf(NOT_FUZZED.keySet());
  }

  private static String name(JavaMethod method) {
    return method.getOwner().getName().replace("dev.cairn.", "") + "." + method.getName();
  }

  private static boolean isDecoder(JavaMethod method) {
    Set<JavaModifier> modifiers = method.getModifiers();
    return modifiers.contains(JavaModifier.STATIC)
        && !modifiers.contains(JavaModifier.PRIVATE)
        && !modifiers.contains(JavaModifier.SYNTHETIC)
        && !isOurs(method.getOwner())
        && NAME.matcher(method.getName()).matches()
        && method.getRawParameterTypes().stream().anyMatch(type -> BYTES.contains(type.getName()));
  }

  /** Targets, and the doors they go through. */
  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().equals("dev.cairn.fuzzing")
        || type.getSimpleName().endsWith("Door");
  }

  private Set<String> reached() {
    Set<String> reached = new HashSet<>();
    Deque<JavaCodeUnit> open = new ArrayDeque<>();
    for (JavaClass each : classes) {
      each.getMethods().stream()
          .filter(method -> method.isAnnotatedWith(FuzzTest.class))
          .forEach(open::add);
    }
    while (!open.isEmpty()) {
      JavaCodeUnit unit = open.remove();
      if (reached.add(unit.getFullName())) {
        unit.getCallsFromSelf().stream()
            .flatMap(call -> call.getTarget().resolveMember().stream())
            .filter(JavaCodeUnit.class::isInstance)
            .map(JavaCodeUnit.class::cast)
            .forEach(open::add);
        unit.getMethodReferencesFromSelf().stream()
            .flatMap(reference -> reference.getTarget().resolveMember().stream())
            .forEach(open::add);
      }
    }
    return reached;
  }
}
