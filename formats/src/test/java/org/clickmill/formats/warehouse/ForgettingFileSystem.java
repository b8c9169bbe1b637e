package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;

/** A local disk, until the {@link PowerFailure} of its configuration. */
public final class ForgettingFileSystem extends AtomicLocalFileSystem {
  private final ForgettingSteps steps;

  public ForgettingFileSystem() {
    this(new ForgettingSteps());
  }

  private ForgettingFileSystem(ForgettingSteps steps) {
    super(steps);
    this.steps = steps;
  }

  @Override
  public void initialize(URI uri, Configuration configuration) throws IOException {
    steps.failure = PowerFailure.of(configuration);
    super.initialize(uri, configuration);
  }
}
