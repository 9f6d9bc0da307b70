/** Commands about who is in a space: founding it, inviting, joining, confirming, recovering. */
@NullMarked
package dev.cairn.cli.people;

import org.jspecify.annotations.NullMarked;
