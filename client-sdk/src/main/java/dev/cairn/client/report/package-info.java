/** What a person records on this device, and what the device tells of it. */
@NullMarked
package dev.cairn.client.report;

import org.jspecify.annotations.NullMarked;
