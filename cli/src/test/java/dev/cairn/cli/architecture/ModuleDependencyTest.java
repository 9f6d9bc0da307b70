package dev.cairn.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

/** Dependencies point one way: protocol, then client, then desk; protocol, then server. */
@AnalyzeClasses(packages = "dev.cairn", importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleDependencyTest {
  private static final String PROTOCOL = "dev.cairn.protocol..";
  private static final String CLIENT = "dev.cairn.client..";
  private static final String SERVER = "dev.cairn.server..";
  private static final String DESK = "dev.cairn.desk..";
  private static final String BENCHMARKS = "dev.cairn.benchmarks..";
  private static final String SIMULATION = "dev.cairn.simulation..";
  private static final String CLI = "dev.cairn.cli..";

  @ArchTest
  void protocol_anyClass_needsOnlyJdkAndBouncyCastle(JavaClasses all) {
    classes()
        .that()
        .resideInAPackage(PROTOCOL)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            PROTOCOL, "java..", "javax.crypto..", "org.bouncycastle..", "org.jspecify..", "")
        .check(all);
  }

  @ArchTest
  void client_anyClass_reachesNoOtherSide(JavaClasses all) {
    noClasses()
        .that()
        .resideInAPackage(CLIENT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SERVER, DESK, SIMULATION, BENCHMARKS, CLI)
        .check(all);
  }

  /** The server must not be able to hold a key or open a report. */
  @ArchTest
  void server_anyClass_reachesNeitherClientNorDesk(JavaClasses all) {
    noClasses()
        .that()
        .resideInAPackage(SERVER)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CLIENT, DESK, SIMULATION, BENCHMARKS, CLI)
        .check(all);
  }

  @ArchTest
  void desk_anyClass_reachesNeitherServerNorCli(JavaClasses all) {
    noClasses()
        .that()
        .resideInAPackage(DESK)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SERVER, SIMULATION, BENCHMARKS, CLI)
        .check(all);
  }

  /** What measures must not know who asks it to. */
  @ArchTest
  void benchmarks_anyClass_reachesNotTheProgram(JavaClasses all) {
    noClasses()
        .that()
        .resideInAPackage(BENCHMARKS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CLI)
        .check(all);
  }

  /** What plays worlds is asked by the program and knows nothing of it. */
  @ArchTest
  void simulation_anyClass_reachesNotTheProgram(JavaClasses all) {
    noClasses()
        .that()
        .resideInAPackage(SIMULATION)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BENCHMARKS, CLI)
        .check(all);
  }

  @ArchTest
  void client_anyClass_usesNothingAndroidLacks(JavaClasses all) {
    noClasses()
        .that()
        .resideInAnyPackage(PROTOCOL, CLIENT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net.http..", "io.vertx..", "io.netty..", "com.fasterxml.jackson.databind..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(java.util.ServiceLoader.class)
        .check(all);
  }

  @ArchTest
  void protocol_packages_areFreeOfCycles(JavaClasses all) {
    checkSlices("dev.cairn.protocol.(*)..", all);
  }

  @ArchTest
  void client_packages_areFreeOfCycles(JavaClasses all) {
    checkSlices("dev.cairn.client.(*)..", all);
  }

  @ArchTest
  void server_packages_areFreeOfCycles(JavaClasses all) {
    checkSlices("dev.cairn.server.(*)..", all);
  }

  @ArchTest
  void desk_packages_areFreeOfCycles(JavaClasses all) {
    checkSlices("dev.cairn.desk.(*)..", all);
  }

  @ArchTest
  void benchmarks_packages_areFreeOfCycles(JavaClasses all) {
    checkSlices("dev.cairn.benchmarks.(*)..", all);
  }

  @ArchTest
  void simulation_packages_areFreeOfCycles(JavaClasses all) {
    checkSlices("dev.cairn.simulation.(*)..", all);
  }

  @ArchTest
  void cli_packages_areFreeOfCycles(JavaClasses all) {
    checkSlices("dev.cairn.cli.(*)..", all);
  }

  private static void checkSlices(String pattern, JavaClasses all) {
    slices().matching(pattern).should().beFreeOfCycles().allowEmptyShould(true).check(all);
  }
}
