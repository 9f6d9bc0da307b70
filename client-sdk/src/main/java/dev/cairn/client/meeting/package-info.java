/** This device's end of a meeting with another device of its space, over any two-way stream. */
@NullMarked
package dev.cairn.client.meeting;

import org.jspecify.annotations.NullMarked;
