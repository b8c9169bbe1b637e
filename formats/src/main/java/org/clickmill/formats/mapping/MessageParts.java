package org.clickmill.formats.mapping;

/** The mapped parts of messages beside their values. */
final class MessageParts {
  private final EventAssembler target;
  private final MessagePart[] parts;

  MessageParts(EventAssembler target) {
    this.target = target;
    this.parts = target.parts().stream().map(FieldMapping::part).toArray(MessagePart[]::new);
  }

  /** Calls the setter of every part once. */
  void fill(Message message) throws BadValueException {
    for (int i = 0; i < parts.length; i++) {
      var setter = target.partSetter(i);
      switch (parts[i].kind()) {
        case KEY -> text(setter, message.key());
        case HEADER -> text(setter, message.header(parts[i].header()));
        case TIMESTAMP -> moment(setter, message.timestamp());
      }
    }
  }

  private static void moment(FieldSetter setter, long timestamp) throws BadValueException {
    if (timestamp < 0) {
      setter.nothing();
    } else {
      setter.moment(timestamp);
    }
  }

  private static void text(FieldSetter setter, byte[] bytes) throws BadValueException {
    if (bytes == null) {
      setter.nothing();
      return;
    }
    setter.uncheckedText(bytes, 0, bytes.length);
  }
}
