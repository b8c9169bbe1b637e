package org.clickmill.formats.mapping;

/** A value of a text file; an empty one is no value. */
record TextLeaf(byte[] bytes, int offset, int length) implements SourceNode.Leaf {
  @Override
  public boolean isNull() {
    return length == 0;
  }

  @Override
  public void put(FieldSetter setter) throws BadValueException {
    setter.text(bytes, offset, length);
  }
}
