package org.clickmill.formats.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Reject;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.DamagedFileException;

/**
 * Makes events of a topic's messages: each becomes an event, a reject, or, if it has no value, a
 * tombstone; or, where the mapping says so, several events or none. Whatever the bytes are, they
 * end as one of these. Not for several threads.
 *
 * <p>Events and rejects carry the topic as source_name, the partition and the offset; a reject also
 * the value's bytes as they came.
 */
public final class MessageDecoder {
  /** What a message turned out to be. */
  public enum Outcome {
    /** {@link #event()} is the message. */
    EVENT,
    /** {@link #reject()} says why the message is malformed. */
    REJECT,
    /** The message has no value. In a compacted topic that says that its key is gone. */
    TOMBSTONE,
    /** The mapping leaves the message out: by conditions, or because it has no items. */
    FILTERED
  }

  private final EventAssembler assembler;
  private final MessageParts parts;

  /** Null if each message is one event. */
  private final RecordEvents several;

  /** Of each kind of event where a message may be several. */
  private final List<MessageParts> partsOfSeveral = new ArrayList<>();

  private final ValueDecoder values;
  private Message message;
  private Utf8 topic = new Utf8();
  private String topicName;
  private Event event;
  private Reject reject;

  private MessageDecoder(Mapping mapping, SourceFormat format, ValueDecoder.Factory values) {
    var named = mapping.definition().format();
    if (named != null && named != format) {
      throw ClickmillException.usage(
          "Cannot read messages of format %s with mapping %s: it is for format %s",
          format.text(), mapping.name(), named.text());
    }
    var kinds = mapping.definition().events();
    this.assembler = new EventAssembler(mapping, kinds.get(0));
    this.parts = new MessageParts(assembler);
    this.several = RecordEvents.of(mapping, format);
    for (int i = 0; several != null && i < kinds.size(); i++) {
      partsOfSeveral.add(new MessageParts(several.assembler(i)));
    }
    this.values = values.decoder(assembler.sourced(), several, mapping.name());
  }

  /** Decodes values that are one JSON object each. */
  public static MessageDecoder ofJson(Mapping mapping) {
    return new MessageDecoder(mapping, SourceFormat.JSON, JsonValues::new);
  }

  /**
   * Decodes values that are Avro's binary encoding of one record, and nothing else.
   *
   * @param schema they were written with
   * @param origin what messages call the schema
   * @throws ClickmillException of kind usage if the schema lacks a mapped field
   */
  public static MessageDecoder ofAvro(Mapping mapping, Schema schema, String origin) {
    return new MessageDecoder(
        mapping,
        SourceFormat.AVRO,
        (fields, several, name) -> new AvroValues(schema, origin, fields, several));
  }

  /**
   * Decodes Avro values that begin with a schema registry's header: a zero and the schema's id in
   * four bytes.
   */
  public static MessageDecoder ofRegistry(Mapping mapping, SchemaSource schemas) {
    return new MessageDecoder(
        mapping,
        SourceFormat.AVRO,
        (fields, several, name) -> new RegistryValues(schemas, fields, several));
  }

  /**
   * Decodes a message.
   *
   * @throws ClickmillException if a schema cannot be asked for; the message may be fine
   * @throws UncheckedIOException if the file system of the schemas fails; the message may be fine
   */
  public Outcome decode(Message next) {
    message = next;
    event = null;
    reject = null;
    if (next.isTombstone()) {
      return Outcome.TOMBSTONE;
    }
    if (!next.topic().equals(topicName)) {
      topicName = next.topic();
      topic = new Utf8(topicName);
    }
    try {
      if (next.valueLength() == 0) {
        throw new BadValueException("an empty value");
      }
      fill(next);
      if (several != null) {
        var first = next();
        return first == null ? Outcome.FILTERED : first;
      }
      event = assembler.finish(topic, next.partition(), next.offset());
      return Outcome.EVENT;
    } catch (BadValueException e) {
      reject = rejectFor(e.getMessage());
      return Outcome.REJECT;
    }
  }

  /**
   * What else the message is, where it is several events; to be called until it returns null, for
   * nothing more.
   */
  public Outcome next() {
    event = null;
    reject = null;
    if (several == null || !several.advance()) {
      return null;
    }
    try {
      several.fill();
      partsOfSeveral.get(several.kind()).fill(message);
      event = several.finish(topic, message.partition(), message.offset());
      return Outcome.EVENT;
    } catch (BadValueException e) {
      reject = rejectFor(e.getMessage());
      return Outcome.REJECT;
    }
  }

  /**
   * The message as an event, or null if it is none. The event, its texts and its price are
   * overwritten by the next message.
   */
  public Event event() {
    return event;
  }

  /** Why the message is malformed, or null if it is an event or a tombstone. May be kept. */
  public Reject reject() {
    return reject;
  }

  /** The message at hand as a reject, for a reason that only the caller can see. */
  public Reject rejectFor(String reason) {
    int start = message.valueStart();
    var rejected = new Reject();
    var place = several == null ? "" : several.place();
    rejected.setReason(new Utf8(place.isEmpty() ? reason : place.substring(2) + ": " + reason));
    rejected.setSourceName(topic);
    rejected.setSourcePartition(message.partition());
    rejected.setSourceOffset(message.offset());
    rejected.setRaw(
        ByteBuffer.wrap(Arrays.copyOfRange(message.value(), start, start + message.valueLength())));
    return rejected;
  }

  /** Events so far whose price was rounded because the mapping says so. */
  public long rounded() {
    return several == null ? assembler.rounded() : several.rounded();
  }

  private void fill(Message next) throws BadValueException {
    try {
      values.fill(assembler, next.value(), next.valueStart(), next.valueLength());
      if (several == null) {
        parts.fill(next);
      }
    } catch (ClickmillException | UncheckedIOException e) {
      throw e;
    } catch (StackOverflowError e) {
      throw new BadValueException("nested too deeply");
    } catch (IOException | DamagedFileException e) {
      // Only our own decoders throw these; what parsers of others say comes as another exception.
      throw new BadValueException("damaged: " + e.getMessage());
    } catch (RuntimeException e) {
      throw new BadValueException("damaged: it is not of its schema");
    }
  }
}
