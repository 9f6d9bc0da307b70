package dev.cairn.simulation.mutant;

/**
 * What is changed inside a method and the lambdas in it. None of these needs another map of the
 * stack, so that the virtual machine checks what comes of it like anything a compiler wrote.
 *
 * <p>A call is named as {@code Receipt.verify}: the simple name of the type it is made on, and the
 * method. What is planted is a static method of {@link Planted}; it gets what the call or method
 * gets, the receiver first, and, where it has one parameter more, at the end the object in which
 * the call is made.
 */
public sealed interface Edit {

  /** The method answers this at once. */
  record Answers(boolean value) implements Edit {}

  /** The method does what is planted instead. */
  record BodyIs(String planted) implements Edit {}

  /** What the method returns goes through what is planted, then what the method was given. */
  record ResultThrough(String planted) implements Edit {}

  /** The call is not made; what it would return is 0, false or null. */
  record Skips(String call) implements Edit {}

  /** The call is not made and returns this. */
  record CallAnswers(String call, boolean value) implements Edit {}

  /** What is planted is called instead. */
  record CallBecomes(String call, String planted) implements Edit {}

  /** What is asked right after the call is turned round. */
  record Inverts(String call) implements Edit {}

  /** A text is another. */
  record TextBecomes(String from, String to) implements Edit {}

  /** Instead of one class another with the same constructors is made, both by internal name. */
  record Makes(String from, String instead) implements Edit {}
}
