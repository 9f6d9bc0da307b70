/** Tests of worlds on real disks. */
@NullMarked
package dev.cairn.simulation.crash;

import org.jspecify.annotations.NullMarked;
