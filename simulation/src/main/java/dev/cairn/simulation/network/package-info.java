/** Links that are cut, repeat and come late. */
@NullMarked
package dev.cairn.simulation.network;

import org.jspecify.annotations.NullMarked;
