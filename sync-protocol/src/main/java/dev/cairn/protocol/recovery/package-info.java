/**
 * The printed secret that brings a space back when its owner's keys are lost, whole or in shares.
 *
 * <p>Source: docs/PROTOCOL.md, section 5.
 */
@NullMarked
package dev.cairn.protocol.recovery;

import org.jspecify.annotations.NullMarked;
