package org.clickmill.formats.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a text of JSON into a tree of the values that paths go to. */
final class JsonTree {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final SourceNames names;
  private final JsonEncoder encoder = new JsonEncoder();
  private String lastText;
  private SourceNode lastNode;

  JsonTree(SourceNames names) {
    this.names = names;
  }

  SourceNames names() {
    return names;
  }

  /**
   * The one value in a text, null for white space only, as several paths ask for it one after the
   * other.
   *
   * @throws BadValueException if it is not valid JSON
   */
  SourceNode ofText(String text) throws BadValueException {
    if (!text.equals(lastText)) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      lastText = null;
      lastNode = value(bytes, 0, bytes.length);
      lastText = text;
    }
    return lastNode;
  }

  /**
   * The one object in a text.
   *
   * @param bytes valid UTF-8
   * @throws BadValueException if it is no JSON object
   */
  SourceNode.Branch object(byte[] bytes, int start, int end) throws BadValueException {
    if (value(bytes, start, end) instanceof SourceNode.Branch branch) {
      return branch;
    }
    throw new BadValueException("not a JSON object");
  }

  private SourceNode value(byte[] bytes, int start, int end) throws BadValueException {
    try (JsonParser parser = FACTORY.createParser(bytes, start, end - start)) {
      var first = parser.nextToken();
      if (first == null) {
        return null;
      }
      var node = node(parser, first, names);
      if (parser.nextToken() != null) {
        throw new BadValueException("text after the JSON object");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new BadValueException(JsonProblem.reason(e, bytes, start, end));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SourceNode node(JsonParser parser, JsonToken token, SourceNames below)
      throws IOException, BadValueException {
    return switch (token) {
      case START_OBJECT -> objectNode(parser, below);
      case START_ARRAY -> items(parser, below);
      case VALUE_NULL -> SourceNode.NULL;
      case VALUE_TRUE, VALUE_FALSE -> new Single(token, null);
      default -> single(parser, token);
    };
  }

  /** A text or number; one that is not valid may be in what nobody asks for. */
  private SourceNode single(JsonParser parser, JsonToken token) throws IOException {
    try {
      return new Single(token, encoder.bytes(parser));
    } catch (BadValueException e) {
      return new Invalid(e.getMessage());
    }
  }

  private SourceNode objectNode(JsonParser parser, SourceNames below)
      throws IOException, BadValueException {
    var values = new HashMap<String, SourceNode>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      var child = below.child(name);
      var token = parser.nextToken();
      if (child == null) {
        parser.skipChildren();
      } else if (values.put(name, node(parser, token, child)) != null) {
        throw new BadValueException("'" + BadValueException.shown(name) + "' occurs twice");
      }
    }
    return new Record(values);
  }

  private SourceNode items(JsonParser parser, SourceNames below)
      throws IOException, BadValueException {
    var items = new ArrayList<SourceNode>();
    for (var token = parser.nextToken();
        token != JsonToken.END_ARRAY && token != null;
        token = parser.nextToken()) {
      items.add(node(parser, token, below));
    }
    return new Array(items);
  }

  private record Record(Map<String, SourceNode> values) implements SourceNode.Branch {
    @Override
    public SourceNode child(String name) {
      return values.get(name);
    }
  }

  private record Array(List<SourceNode> items) implements SourceNode.Items {
    @Override
    public int size() {
      return items.size();
    }

    @Override
    public SourceNode item(int index) {
      return items.get(index);
    }
  }

  /**
   * A text that no event can have.
   *
   * @param reason what is wrong with it
   */
  private record Invalid(String reason) implements SourceNode.Leaf {
    @Override
    public boolean isNull() {
      return false;
    }

    @Override
    public void put(FieldSetter setter) throws BadValueException {
      throw setter.invalid(reason);
    }
  }

  /**
   * A text, a number, true or false.
   *
   * @param text as it is written, in UTF-8; null for true and false
   */
  private record Single(JsonToken token, byte[] text) implements SourceNode.Leaf {
    @Override
    public boolean isNull() {
      return false;
    }

    @Override
    public void put(FieldSetter setter) throws BadValueException {
      switch (token) {
        case VALUE_STRING -> setter.text(text, 0, text.length);
        case VALUE_TRUE -> setter.truth(true);
        case VALUE_FALSE -> setter.truth(false);
        case VALUE_NUMBER_INT -> {
          if (setter instanceof TimeSetter && text.length < JsonFields.LONG_DIGITS) {
            setter.wholeNumber(Long.parseLong(new String(text, StandardCharsets.US_ASCII)));
          } else {
            setter.number(text, 0, text.length);
          }
        }
        default -> setter.number(text, 0, text.length);
      }
    }
  }
}
