@NullMarked
package dev.cairn.server.attachment;

import org.jspecify.annotations.NullMarked;
