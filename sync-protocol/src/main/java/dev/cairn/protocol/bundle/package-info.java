/**
 * What is carried by hand: parcels that tell a finder neither who sent them nor who may open them,
 * and the file that holds them.
 *
 * <p>Source: docs/PROTOCOL.md, section 10.
 */
@NullMarked
package dev.cairn.protocol.bundle;

import org.jspecify.annotations.NullMarked;
