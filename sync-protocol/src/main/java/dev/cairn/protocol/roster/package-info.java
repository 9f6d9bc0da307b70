/**
 * Who is in a space: the signed statements, and the state that any set of them folds to.
 *
 * <p>Source: docs/PROTOCOL.md, section 5.
 */
@NullMarked
package dev.cairn.protocol.roster;

import org.jspecify.annotations.NullMarked;
