/**
 * Whether Clickmill will run here: {@code clickmill doctor} asks the client, the cluster and the
 * services beside it what runs would find out later, one by one and at worse times.
 *
 * <p>A {@link org.clickmill.drivers.doctor.Check} is one topic, asks for real, and answers with
 * {@link org.clickmill.drivers.doctor.Finding}s: ok, warning, failed or skipped, what was found,
 * and what to do. {@link org.clickmill.drivers.doctor.Checks} knows all of them; {@link
 * org.clickmill.drivers.doctor.Doctor} runs them side by side, each within a time limit, so that
 * neither a failure nor silence keeps the others from being asked. The whole is a {@link
 * org.clickmill.drivers.doctor.Diagnosis}.
 *
 * <p>Checks leave nothing behind: files are written in a {@link
 * org.clickmill.formats.warehouse.WarehouseSite.Scratch} folder that is deleted, delegation tokens
 * are cancelled, and the job of {@code ContainerProbe} is killed unless it ends by itself.
 */
package org.clickmill.drivers.doctor;
