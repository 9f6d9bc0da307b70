/** Whether a store is whole. */
@NullMarked
package dev.cairn.client.check;

import org.jspecify.annotations.NullMarked;
