package dev.cairn.simulation.audit;

import org.jspecify.annotations.Nullable;

/**
 * A change that somebody holds.
 *
 * @param hasBody whether its ciphertext is there
 * @param spoken what it says, if it was opened
 * @param why it was not opened: a word, empty if it was
 */
record HeldFact(ChangeFact change, boolean hasBody, @Nullable SpokenFact spoken, String why) {}
