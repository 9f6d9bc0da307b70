/** Parcels that a courier hands in: opened, put to the same rules as a push, and answered. */
@NullMarked
package dev.cairn.server.bundle;

import org.jspecify.annotations.NullMarked;
