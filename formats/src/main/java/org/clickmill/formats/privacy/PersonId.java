package org.clickmill.formats.privacy;

/**
 * The id of a person, as the tables of a warehouse hold it: where ids are hashed at the door, the
 * hashed one.
 *
 * @param id in the clear, so that {@link #toString} does not show it
 */
public record PersonId(IdKind kind, String id) {
  @Override
  public String toString() {
    return kind.toString();
  }
}
