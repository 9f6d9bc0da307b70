/**
 * Taking in what others wrote: verified, placed in its feed, opened where it is for this device.
 */
@NullMarked
package dev.cairn.client.intake;

import org.jspecify.annotations.NullMarked;
