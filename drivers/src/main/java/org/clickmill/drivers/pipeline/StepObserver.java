package org.clickmill.drivers.pipeline;

/** Is told of the steps of a pipeline that compute something; steps run side by side. */
@FunctionalInterface
public interface StepObserver {
  StepObserver NONE = (runId, step) -> failure -> {};

  /**
   * Takes that a step begins.
   *
   * @param runId the id that its manifests will have
   * @param step its name
   * @return is told of its end
   */
  End begin(String runId, String step);

  /** Is told of the end of a step. */
  @FunctionalInterface
  interface End {
    /**
     * @param failure what it failed with; null where it has published what it computed
     */
    void ended(Exception failure);
  }
}
