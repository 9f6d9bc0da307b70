/** What a coordinator is shown of a record: conflicts with their signers, and the whole of it. */
@NullMarked
package dev.cairn.desk.review;

import org.jspecify.annotations.NullMarked;
