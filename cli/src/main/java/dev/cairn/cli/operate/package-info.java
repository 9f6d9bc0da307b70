/** Commands for who runs a server: backups, and what follows one. */
@NullMarked
package dev.cairn.cli.operate;

import org.jspecify.annotations.NullMarked;
