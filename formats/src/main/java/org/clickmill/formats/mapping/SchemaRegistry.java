package org.clickmill.formats.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;

/** Schemas of a registry, with those that they refer to. */
final class SchemaRegistry extends SchemaSource {
  private static final String AVRO = "AVRO";

  private final RegistryClient client;

  SchemaRegistry(RegistryClient client) {
    this.client = client;
  }

  @Override
  Schema schema(int id) throws BadValueException {
    return resolve(client.get("/schemas/ids/" + id), new Schema.Parser(), new HashSet<>());
  }

  /** Reads first what the schema refers to, so that the parser knows its names. */
  private Schema resolve(JsonNode answer, Schema.Parser parser, Set<String> seen)
      throws BadValueException {
    var type = answer.path("schemaType").asText(AVRO);
    if (!type.equals(AVRO)) {
      throw new BadValueException("it is of type " + BadValueException.shown(type) + ", not AVRO");
    }
    for (var reference : answer.path("references")) {
      var subject =
          URLEncoder.encode(reference.path("subject").asText(), StandardCharsets.UTF_8)
              .replace("+", "%20");
      var path = "/subjects/" + subject + "/versions/" + reference.path("version").asInt();
      if (seen.add(path)) {
        resolve(client.get(path), parser, seen);
      }
    }
    return parse(parser, answer.path("schema").asText());
  }
}
