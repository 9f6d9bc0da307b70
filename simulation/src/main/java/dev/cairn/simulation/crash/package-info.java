/**
 * Worlds on real disks: what the process asked of the operating system is recorded, and a cut of
 * power leaves what by that record may be left.
 */
@NullMarked
package dev.cairn.simulation.crash;

import org.jspecify.annotations.NullMarked;
