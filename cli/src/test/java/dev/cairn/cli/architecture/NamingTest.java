package dev.cairn.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

/** A name says what a thing is or how it does it, never merely that it is useful. */
@AnalyzeClasses(packages = "dev.cairn", importOptions = ImportOption.DoNotIncludeTests.class)
final class NamingTest {
  @ArchTest
  void classes_everywhere_sayWhatTheyAre(JavaClasses all) {
    noClasses()
        .should()
        .haveNameMatching(".*[.$][A-Za-z0-9]*(Utils?|Helpers?|Managers?|Impl)")
        .check(all);
  }

  @ArchTest
  void packages_everywhere_areNamedForWhatTheyHold(JavaClasses all) {
    noClasses()
        .should()
        .resideInAnyPackage(
            "dev.cairn..util..",
            "dev.cairn..utils..",
            "dev.cairn..impl..",
            "dev.cairn..common..",
            "dev.cairn..manager..",
            "dev.cairn..helper..")
        .check(all);
  }
}
