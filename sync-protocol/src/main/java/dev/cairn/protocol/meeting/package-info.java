/**
 * Two devices of one space that meet over any two-way stream of bytes: keys for one meeting, proof
 * of membership on both sides, and the words they then exchange about parcels.
 *
 * <p>Source: docs/PROTOCOL.md, "Phone to phone".
 */
@NullMarked
package dev.cairn.protocol.meeting;

import org.jspecify.annotations.NullMarked;
