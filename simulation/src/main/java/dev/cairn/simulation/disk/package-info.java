/** What a machine remembers, and how it dies. */
@NullMarked
package dev.cairn.simulation.disk;

import org.jspecify.annotations.NullMarked;
