package org.clickmill.formats.mapping;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of a topic: one object, filled anew for each. The bytes are not copied; they must stay
 * as they are until the message is decoded.
 */
public final class Message {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final List<String> headerNames = new ArrayList<>();
  private final List<byte[]> headerValues = new ArrayList<>();
  private String topic;
  private int partition;
  private long offset;
  private long timestamp;
  private byte[] key;
  private boolean hasValue;
  private byte[] value;
  private int valueStart;
  private int valueLength;

  /**
   * Begins the next message, without key, value and headers.
   *
   * @param millis when it was made or appended, since the epoch; negative for not known
   */
  public Message reset(String ofTopic, int inPartition, long atOffset, long millis) {
    topic = ofTopic;
    partition = inPartition;
    offset = atOffset;
    timestamp = millis;
    key = null;
    headerNames.clear();
    headerValues.clear();
    return value((ByteBuffer) null);
  }

  /** Gives the message a key; null is none. */
  public Message key(byte[] bytes) {
    key = bytes;
    return this;
  }

  /** Gives the message what is left in the buffer as its value; null makes it a tombstone. */
  public Message value(ByteBuffer bytes) {
    hasValue = bytes != null;
    var given = bytes == null ? NOTHING : bytes;
    valueLength = given.remaining();
    if (given.hasArray()) {
      value = given.array();
      valueStart = given.arrayOffset() + given.position();
    } else {
      value = new byte[valueLength];
      valueStart = 0;
      given.duplicate().get(value);
    }
    return this;
  }

  /** Gives the message a value; null makes it a tombstone. */
  public Message value(byte[] bytes) {
    return value(bytes == null ? null : ByteBuffer.wrap(bytes));
  }

  /** Adds a header. Of several with one name the last counts. */
  public Message header(String name, byte[] bytes) {
    headerNames.add(name);
    headerValues.add(bytes);
    return this;
  }

  String topic() {
    return topic;
  }

  int partition() {
    return partition;
  }

  long offset() {
    return offset;
  }

  long timestamp() {
    return timestamp;
  }

  byte[] key() {
    return key;
  }

  /** The value of the last header of that name, or null. */
  byte[] header(String name) {
    int last = headerNames.lastIndexOf(name);
    return last < 0 ? null : headerValues.get(last);
  }

  boolean isTombstone() {
    return !hasValue;
  }

  /** The array that the value lies in. */
  byte[] value() {
    return value;
  }

  int valueStart() {
    return valueStart;
  }

  int valueLength() {
    return valueLength;
  }
}
