package org.clickmill.formats.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.yaml.YamlNode.Field;
import org.clickmill.formats.yaml.YamlNode.Mapping;
import org.clickmill.formats.yaml.YamlNode.Scalar;
import org.clickmill.formats.yaml.YamlNode.Sequence;
import org.clickmill.formats.yaml.YamlText.Place;

/** Reads a YAML file with the place of each node. */
public final class YamlReader {
  private static final YAMLFactory FACTORY =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Place BEGIN = new Place(1, 1);

  private final YamlText file;

  public YamlReader(YamlText file) {
    this.file = file;
  }

  /**
   * The root of the file's one document.
   *
   * @throws ClickmillException of kind usage, with the place, if it is not YAML
   */
  public YamlNode read() {
    try (var parser = FACTORY.createParser(file.yaml())) {
      if (parser.nextToken() == null) {
        throw file.invalid(BEGIN, "the file is empty");
      }
      var root = node(parser);
      if (parser.nextToken() != null) {
        throw file.invalid(place(parser), "a second document; each is a file of its own");
      }
      return root;
    } catch (ClickmillException e) {
      throw e;
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      var place = at == null ? BEGIN : new Place(at.getLineNr(), Math.max(1, at.getColumnNr()));
      throw file.invalid(place, "%s", firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("not YAML");
  }

  private YamlNode node(JsonParser parser) throws IOException {
    var place = place(parser);
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        var fields = new ArrayList<Field>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          var key = new Scalar(parser.currentName(), place(parser), place(parser));
          parser.nextToken();
          fields.add(new Field(key, node(parser)));
        }
        return new Mapping(fields, place);
      }
      case START_ARRAY -> {
        var nodes = new ArrayList<YamlNode>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          nodes.add(node(parser));
        }
        return new Sequence(nodes, place);
      }
      default -> {
        var text = parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText();
        return new Scalar(text, place, textPlace(parser, place));
      }
    }
  }

  private static Place place(JsonParser parser) {
    var at = parser.currentTokenLocation();
    return new Place(at.getLineNr(), Math.max(1, at.getColumnNr()));
  }

  /** A quoted text begins behind its quote. */
  private Place textPlace(JsonParser parser, Place place) {
    int offset = (int) parser.currentTokenLocation().getCharOffset();
    boolean isQuoted =
        offset >= 0
            && offset < file.yaml().length()
            && "\"'".indexOf(file.yaml().charAt(offset)) >= 0;
    return isQuoted ? place.plus(1) : place;
  }
}
