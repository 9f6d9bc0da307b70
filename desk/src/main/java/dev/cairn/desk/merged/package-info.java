/** Every record this desk can open, merged in memory; the changes are the store, this is a view. */
@NullMarked
package dev.cairn.desk.merged;

import org.jspecify.annotations.NullMarked;
