package org.clickmill.jobs.load;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Commits as JSON, with a checksum of all that they say: an offset in which a bit has changed is
 * still a number, and would be believed.
 */
final class CommitJson {
  private static final String CHECKSUM = "checksum";
  private static final ObjectMapper JSON = mapper();

  private CommitJson() {}

  static byte[] write(Commit commit) {
    try {
      ObjectNode tree = JSON.valueToTree(commit);
      tree.put(CHECKSUM, checksum(tree));
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a commit.
   *
   * @param path of the file, for messages
   * @throws ClickmillException if it is damaged, or of a newer suite
   */
  static Commit read(Path path, byte[] content) {
    JsonNode tree;
    try {
      tree = JSON.readTree(content);
    } catch (IOException e) {
      throw damaged(path, "no JSON: " + e.getMessage(), e);
    }
    if (!(tree instanceof ObjectNode fields)) {
      throw damaged(path, "it is empty", null);
    }
    int format = fields.path("formatVersion").asInt();
    if (format > Commit.FORMAT_VERSION) {
      throw ClickmillException.failed(
          "Cannot read commit %s: its format version is %d, this suite knows %d (use a newer suite)",
          path, format, Commit.FORMAT_VERSION);
    }
    try {
      var checksum = fields.remove(CHECKSUM);
      if (checksum == null || !checksum.asText().equals(checksum(fields))) {
        throw damaged(path, "what it says does not have the checksum that it names", null);
      }
      return JSON.treeToValue(fields, Commit.class);
    } catch (JsonProcessingException e) {
      throw damaged(path, e.getMessage(), e);
    }
  }

  static ClickmillException damaged(Path path, String reason, Exception cause) {
    return ClickmillException.failed(
        "Invalid commit: %s: %s. Without it, it is unknown which records are in the warehouse. Bring"
            + " the file back from a backup or a snapshot; nothing was loaded.",
        path, reason, cause);
  }

  /** Of everything but itself, however the JSON is laid out. */
  private static String checksum(ObjectNode fields) throws JsonProcessingException {
    var checksum = new CRC32C();
    checksum.update(JSON.writeValueAsBytes(fields));
    return String.format(Locale.ROOT, "crc32c:%08x", checksum.getValue());
  }

  private static ObjectMapper mapper() {
    var instants = new SimpleModule();
    instants.addSerializer(Instant.class, ToStringSerializer.instance);
    instants.addDeserializer(Instant.class, new InstantParser());
    return JsonMapper.builder().addModule(instants).build();
  }

  private static final class InstantParser extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantParser() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      var text = parser.getText();
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        throw context.weirdStringException(text, Instant.class, e.getMessage());
      }
    }
  }
}
