/**
 * From the changes of a record to its state: a pure function that every replica computes alike,
 * whatever the order in which the changes arrived (section 9 of the protocol).
 */
@NullMarked
package dev.cairn.protocol.merge;

import org.jspecify.annotations.NullMarked;
