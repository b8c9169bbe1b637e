package org.clickmill.formats.warehouse;

/** Is told of each partition that is published. */
@FunctionalInterface
public interface PublicationListener {
  PublicationListener NONE = (manifest, outcome) -> {};

  /**
   * Takes a partition that has just been published. Several threads may call it, and it must
   * neither fail nor take long: publishing waits for it.
   *
   * @param manifest as it is published now
   * @param outcome whether the rows were replaced, or only the manifest
   */
  void published(Manifest manifest, Publication.Outcome outcome);
}
