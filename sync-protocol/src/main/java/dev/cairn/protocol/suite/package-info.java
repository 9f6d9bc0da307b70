/**
 * Suite 1: every cryptographic primitive of the protocol behind one narrow typed class, so that no
 * other package chooses an algorithm, a provider or a mode.
 *
 * <p>SHA-256, HMAC and AES-GCM come from the platform's default provider, which is many times
 * faster than Bouncy Castle's; the rest comes from Bouncy Castle's lightweight classes. Its JCA
 * provider is never registered: on Android that name belongs to the system.
 */
@NullMarked
package dev.cairn.protocol.suite;

import org.jspecify.annotations.NullMarked;
