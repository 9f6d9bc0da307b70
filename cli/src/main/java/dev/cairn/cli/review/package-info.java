/** Commands of coordinators: what contradicts, who said what, and signed decisions. */
@NullMarked
package dev.cairn.cli.review;

import org.jspecify.annotations.NullMarked;
