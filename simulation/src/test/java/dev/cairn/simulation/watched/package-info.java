/** Tests of worlds on real disks. */
@NullMarked
package dev.cairn.simulation.watched;

import org.jspecify.annotations.NullMarked;
