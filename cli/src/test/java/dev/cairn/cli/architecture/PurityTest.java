package dev.cairn.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.time.Clock;
import java.time.Instant;

/** The protocol is a function of its arguments; the client writes to no screen and no log. */
@AnalyzeClasses(packages = "dev.cairn", importOptions = ImportOption.DoNotIncludeTests.class)
final class PurityTest {
  private static final String PROTOCOL = "dev.cairn.protocol..";
  private static final String CLIENT = "dev.cairn.client..";

  @ArchTest
  void protocol_anyClass_touchesNoFileNetworkOrDatabase(JavaClasses all) {
    noClasses()
        .that()
        .resideInAPackage(PROTOCOL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..", "java.sql..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(
            java.io.File.class,
            java.io.FileInputStream.class,
            java.io.FileOutputStream.class,
            java.io.RandomAccessFile.class)
        .check(all);
  }

  @ArchTest
  void protocol_anyClass_startsNoThread(JavaClasses all) {
    noClasses()
        .that()
        .resideInAPackage(PROTOCOL)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class)
        .check(all);
  }

  @ArchTest
  void protocol_anyClass_readsNoClock(JavaClasses all) {
    noClasses()
        .that()
        .resideInAPackage(PROTOCOL)
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Clock.class)
        .check(all);
  }

  @ArchTest
  void protocolAndClient_anyClass_printNothing(JavaClasses all) {
    noClasses()
        .that()
        .resideInAnyPackage(PROTOCOL, CLIENT)
        .should(ACCESS_STANDARD_STREAMS)
        .check(all);
  }

  @ArchTest
  void protocolAndClient_anyClass_logNothing(JavaClasses all) {
    noClasses()
        .that()
        .resideInAnyPackage(PROTOCOL, CLIENT)
        .should(USE_JAVA_UTIL_LOGGING)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("org.slf4j..", "ch.qos.logback..")
        .check(all);
  }
}
