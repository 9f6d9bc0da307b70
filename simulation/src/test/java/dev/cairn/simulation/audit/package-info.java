/** Every rule of the auditor, on both sides. */
@NullMarked
package dev.cairn.simulation.audit;

import org.jspecify.annotations.NullMarked;
