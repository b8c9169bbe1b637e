package org.clickmill.formats.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.Schema;
import org.clickmill.formats.failure.ClickmillException;

/** Registers schemas with a registry that answers as Confluent's does. */
public final class SchemaRegistration {
  private final RegistryClient client;

  /**
   * Names the registry.
   *
   * @param address where it is, over HTTP or HTTPS
   * @param clientProperties as {@link SchemaSource#registry} heeds them
   * @throws ClickmillException of kind usage if the address is none, or holds a password
   */
  public SchemaRegistration(String address, Map<String, String> clientProperties) {
    client = new RegistryClient(address, clientProperties);
  }

  /**
   * Registers a schema; one that the subject has already keeps its id.
   *
   * @return the id of the schema
   * @throws ClickmillException if the registry refuses it, with what it says, or does not answer
   */
  public int register(String subject, Schema schema) {
    var content = JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
    var name = URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    var path = "/subjects/" + name + "/versions";
    var id = client.post(path, content).path("id");
    if (!id.isInt()) {
      throw ClickmillException.failed(
          "Cannot register the schema of %s: the answer of the registry has no id", subject);
    }
    return id.asInt();
  }
}
