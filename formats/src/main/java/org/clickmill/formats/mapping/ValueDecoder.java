package org.clickmill.formats.mapping;

import java.io.IOException;
import java.util.List;

/** Reads the values of messages in one format. */
interface ValueDecoder {
  /**
   * Calls every setter of a sourced field once with what the value says; or begins the events of
   * it, where a message may be several.
   */
  void fill(EventAssembler target, byte[] bytes, int offset, int length)
      throws BadValueException, IOException;

  /** Makes the decoder for the fields of a mapping. */
  interface Factory {
    /**
     * @param several null if each value is one event
     */
    ValueDecoder decoder(List<FieldMapping> sourced, RecordEvents several, String mapping);
  }
}
