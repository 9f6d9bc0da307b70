package dev.cairn.protocol.http;

import java.nio.charset.StandardCharsets;

/**
 * The text that a signed HTTP message is reduced to: one line for each covered component, in the
 * order of the signature's parameters, and the parameters themselves last.
 *
 * <p>Source: RFC 9421 section 2.5.
 */
final class SignatureBase {

  private final StringBuilder lines = new StringBuilder();

  /** Adds a component; its value may not hold a line break, or it could stand for two. */
  SignatureBase component(String name, String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("component " + name + " holds a line break");
    }
    lines.append('"').append(name).append("\": ").append(value).append('\n');
    return this;
  }

  /** Closes the base with the signature's parameters, exactly as they stand in Signature-Input. */
  byte[] parameters(String parameters) {
    return (lines + "\"@signature-params\": " + parameters).getBytes(StandardCharsets.UTF_8);
  }
}
