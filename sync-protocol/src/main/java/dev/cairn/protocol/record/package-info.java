/** What reports say: fields, counts, and the operations a change carries about a record. */
@NullMarked
package dev.cairn.protocol.record;

import org.jspecify.annotations.NullMarked;
