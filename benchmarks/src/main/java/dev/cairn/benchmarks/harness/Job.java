package dev.cairn.benchmarks.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** How a job goes to the process that measures, and samples come back: lines of JSON. */
final class Job {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Job() {}

  static String write(Fork fork) {
    ObjectNode job = JSON.createObjectNode().put("room", fork.room().toString());
    put(job, "changes", fork.scale().changes());
    put(job, "clients", fork.scale().clients());
    put(job, "batch", fork.scale().batch());
    ArrayNode rows = job.putArray("rows");
    fork.rows().forEach(rows::add);
    ArrayNode program = job.putArray("program");
    fork.program().forEach(program::add);
    return line(job);
  }

  private static void put(ObjectNode job, String key, OptionalInt value) {
    if (value.isPresent()) {
      job.put(key, value.getAsInt());
    }
  }

  static Fork read(String text) throws JsonProcessingException {
    JsonNode job = JSON.readTree(text);
    Set<String> rows = new LinkedHashSet<>();
    job.path("rows").forEach(row -> rows.add(row.asText()));
    List<String> program = new ArrayList<>();
    job.path("program").forEach(word -> program.add(word.asText()));
    Scale scale = new Scale(number(job, "changes"), number(job, "clients"), number(job, "batch"));
    return new Fork(rows, scale, program, Path.of(job.path("room").asText()));
  }

  private static OptionalInt number(JsonNode job, String key) {
    return job.has(key) ? OptionalInt.of(job.path(key).asInt()) : OptionalInt.empty();
  }

  static String write(Collection<Sample> samples) {
    ArrayNode all = JSON.createArrayNode();
    for (Sample sample : samples) {
      ObjectNode node = all.addObject().put("row", sample.row());
      put(node, "figure", sample.figure());
      put(node, "limit", sample.limit());
      ObjectNode details = node.putObject("details");
      sample.details().forEach((name, value) -> put(details, name, value));
    }
    return line(all);
  }

  private static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    }
  }

  static List<Sample> samples(String text) throws JsonProcessingException {
    List<Sample> samples = new ArrayList<>();
    for (JsonNode node : JSON.readTree(text)) {
      Map<String, Double> details = new LinkedHashMap<>();
      node.path("details")
          .properties()
          .forEach(each -> details.put(each.getKey(), each.getValue().asDouble()));
      samples.add(
          new Sample(
              node.path("row").asText(), value(node, "figure"), value(node, "limit"), details));
    }
    return samples;
  }

  private static double value(JsonNode node, String key) {
    return node.has(key) ? node.path(key).asDouble() : Double.NaN;
  }

  private static String line(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a job that is no JSON", e);
    }
  }
}
