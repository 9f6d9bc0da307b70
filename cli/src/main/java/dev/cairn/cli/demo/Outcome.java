package dev.cairn.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What a finished command left: its exit code and what it printed. */
record Outcome(String line, int exit, String stdout, String stderr) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The one JSON document on stdout. */
  JsonNode json() throws DemoFailure {
    try {
      JsonNode document = JSON.readTree(stdout);
      if (document == null || document.isMissingNode()) {
        throw new DemoFailure("no JSON came from: " + line);
      }
      return document;
    } catch (JsonProcessingException e) {
      throw new DemoFailure("no JSON came from: " + line, e);
    }
  }

  /** A text of the JSON document that has to be there. */
  String text(String key) throws DemoFailure {
    JsonNode value = json().get(key);
    if (value == null || !value.isTextual()) {
      throw new DemoFailure("no \"" + key + "\" came from: " + line);
    }
    return value.textValue();
  }

  /** A number of the JSON document that has to be there. */
  long number(String key) throws DemoFailure {
    JsonNode value = json().get(key);
    if (value == null || !value.isIntegralNumber()) {
      throw new DemoFailure("no \"" + key + "\" came from: " + line);
    }
    return value.longValue();
  }

  /** The error the command named, or else what its result lists under a key; empty if neither. */
  String said(String list) throws DemoFailure {
    if (!error().isEmpty()) {
      return error();
    }
    JsonNode listed = json().path(list);
    return listed.isMissingNode() || (listed.isContainerNode() && listed.isEmpty())
        ? ""
        : list + " " + listed;
  }

  /** The error the command named, {@code code: message}; empty if it named none. */
  String error() {
    try {
      JsonNode error = json().path("error");
      return error.isMissingNode()
          ? ""
          : error.path("code").asText() + ": " + error.path("message").asText();
    } catch (DemoFailure noJson) {
      return "";
    }
  }
}
