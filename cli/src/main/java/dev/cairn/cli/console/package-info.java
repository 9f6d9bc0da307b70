/**
 * What every command shares: options, printing, exit codes, errors as people and scripts see them.
 */
@NullMarked
package dev.cairn.cli.console;

import org.jspecify.annotations.NullMarked;
