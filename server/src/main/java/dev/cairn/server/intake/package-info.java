/** The one writing thread: many pushes share one durable transaction and one signature. */
@NullMarked
package dev.cairn.server.intake;

import org.jspecify.annotations.NullMarked;
