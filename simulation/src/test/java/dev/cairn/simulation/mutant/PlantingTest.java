package dev.cairn.simulation.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.simulation.mutant.Edit.Answers;
import dev.cairn.simulation.mutant.Edit.CallAnswers;
import dev.cairn.simulation.mutant.Edit.Inverts;
import dev.cairn.simulation.mutant.Edit.Makes;
import dev.cairn.simulation.mutant.Edit.ResultThrough;
import dev.cairn.simulation.mutant.Edit.Skips;
import dev.cairn.simulation.mutant.Edit.TextBecomes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlantingTest {

  private static final String SPECIMEN = "simulation.mutant.Specimen";

  private static Object of(MutantLoader loader, String method) throws Throwable {
    Method target = loader.loadClass(Specimen.class.getName()).getDeclaredMethod(method);
    try {
      return target.invoke(null);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object with(String method, Edit edit, String asked) throws Throwable {
    return of(new MutantLoader(List.of(new Plant(SPECIMEN, method, edit))), asked);
  }

  @Test
  void twin_withoutPlants_doesTheSame() throws Throwable {
    assertThat(of(new MutantLoader(List.of()), "kept")).isEqualTo(Specimen.kept());
  }

  @Test
  void twin_ofAClass_isAnotherClass() throws Throwable {
    assertThat(new MutantLoader(List.of()).loadClass(Specimen.class.getName()))
        .isNotSameAs(Specimen.class);
  }

  @Test
  void answers_method_doesNothingElse() throws Throwable {
    assertThat(with("allowed", new Answers(true), "mayGo")).isEqualTo(true);
  }

  @Test
  void callAnswers_call_isNotMade() throws Throwable {
    assertThat(with("isEmpty", new CallAnswers("Set.isEmpty", true), "isEmpty")).isEqualTo(true);
  }

  @Test
  void callAnswers_callInALambda_isNotMade() throws Throwable {
    assertThat(with("anyEmpty", new CallAnswers("Set.isEmpty", true), "anyEmpty")).isEqualTo(true);
  }

  @Test
  void inverts_condition_isTurnedRound() throws Throwable {
    assertThat(with("isEmpty", new Inverts("Set.isEmpty"), "isEmpty")).isEqualTo(true);
  }

  @Test
  void skips_call_isNotMade() throws Throwable {
    assertThat(with("kept", new Skips("List.clear"), "kept")).isEqualTo(List.of("one", "two"));
  }

  @Test
  void textBecomes_text_isAnother() throws Throwable {
    assertThat(with("kept", new TextBecomes("two", "three"), "kept")).isEqualTo(List.of("three"));
  }

  @Test
  void makes_object_isOfTheOtherClass() throws Throwable {
    Edit edit = new Makes("java/util/ArrayList", "java/util/LinkedList");
    assertThat(with("kept", edit, "kept")).isInstanceOf(java.util.LinkedList.class);
  }

  @Test
  void call_thatIsNotThere_isRefused() {
    assertThatThrownBy(() -> with("kept", new Skips("List.sort"), "kept"))
        .isInstanceOf(StaleMutantException.class);
  }

  @Test
  void method_thatIsNotThere_isRefused() {
    assertThatThrownBy(() -> with("gone", new Answers(true), "kept"))
        .isInstanceOf(StaleMutantException.class);
  }

  @Test
  void planted_thatIsNotThere_isRefused() {
    assertThatThrownBy(() -> with("kept", new ResultThrough("noSuchThing"), "kept"))
        .isInstanceOf(StaleMutantException.class);
  }

  @Test
  void planted_thatDoesNotFit_isRefused() {
    Plant wrong = new Plant(SPECIMEN, "kept", new ResultThrough("byTheClock"));
    assertThatThrownBy(() -> new MutantLoader(List.of(wrong)).check())
        .isInstanceOf(StaleMutantException.class);
  }

  @Test
  void class_thatIsNotThere_isRefused() {
    Plant nowhere = new Plant("simulation.mutant.Nowhere", "kept", new Answers(true));
    assertThatThrownBy(() -> new MutantLoader(List.of(nowhere)).check())
        .isInstanceOf(StaleMutantException.class);
  }

  @Test
  void ticks_ofALoopWithoutEnd_cutIt() throws Throwable {
    MutantLoader loader = new MutantLoader(List.of());
    Method begin = loader.loadClass(Ticks.class.getName()).getDeclaredMethod("begin", long.class);
    begin.setAccessible(true);
    begin.invoke(null, 1000L);
    assertThatThrownBy(() -> of(loader, "spin")).hasMessage("hung");
  }
}
