/** The coordinators' merged store: decrypts in memory, merges, and never trusts the network. */
@NullMarked
package dev.cairn.desk;

import org.jspecify.annotations.NullMarked;
