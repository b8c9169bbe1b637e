package org.clickmill.formats.mapping;

/** A value of a record, with what is nested in it, whatever the format. */
interface SourceNode {
  /** A record within a record, or a record itself. */
  interface Branch extends SourceNode {
    /** The value of that name; null if there is none. */
    SourceNode child(String name) throws BadValueException;
  }

  /** An array. */
  interface Items extends SourceNode {
    int size();

    /** The item of that index; null if it is no value. */
    SourceNode item(int index) throws BadValueException;
  }

  /** A single value, or null. */
  interface Leaf extends SourceNode {
    boolean isNull();

    /** Calls one method of the setter with the value. */
    void put(FieldSetter setter) throws BadValueException;
  }

  /** The null of every format. */
  Leaf NULL =
      new Leaf() {
        @Override
        public boolean isNull() {
          return true;
        }

        @Override
        public void put(FieldSetter setter) throws BadValueException {
          setter.nothing();
        }
      };
}
