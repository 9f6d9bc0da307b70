/** Commands about who reads together: circles, their devices and their keys. */
@NullMarked
package dev.cairn.cli.circle;

import org.jspecify.annotations.NullMarked;
