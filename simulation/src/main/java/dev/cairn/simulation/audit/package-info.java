/** Its own account of what was said and promised, held against what is there. */
@NullMarked
package dev.cairn.simulation.audit;

import org.jspecify.annotations.NullMarked;
