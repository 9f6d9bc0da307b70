/**
 * Entries in and out: what is offered is decoded and verified, what is given is framed and proved.
 */
@NullMarked
package dev.cairn.server.stream;

import org.jspecify.annotations.NullMarked;
