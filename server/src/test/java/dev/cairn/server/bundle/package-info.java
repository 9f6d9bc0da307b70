/** Tests of parcels as the server takes them. */
@NullMarked
package dev.cairn.server.bundle;

import org.jspecify.annotations.NullMarked;
