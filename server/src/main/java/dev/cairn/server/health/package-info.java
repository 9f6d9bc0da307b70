/** Whether the server can do its work, and its end when it never will again. */
@NullMarked
package dev.cairn.server.health;

import org.jspecify.annotations.NullMarked;
