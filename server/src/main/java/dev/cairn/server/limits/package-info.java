/** Every bound of this server that is not one of the protocol. */
@NullMarked
package dev.cairn.server.limits;

import org.jspecify.annotations.NullMarked;
