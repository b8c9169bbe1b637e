/**
 * The command line. {@link org.clickmill.drivers.cli.Clickmill} is the root command and knows every
 * other; each extends {@link org.clickmill.drivers.cli.BaseCommand}, which brings the options that
 * all share, Hadoop's generic options and the settings, and hands the command a {@link
 * org.clickmill.drivers.cli.CommandContext}.
 *
 * <p>What a command finds out goes to standard output, as text or with {@code --json} as one JSON
 * document; progress, warnings and errors go to standard error. A failure is one line there and an
 * exit code of {@link org.clickmill.formats.failure.Failure}.
 *
 * <p>Without a cluster the same commands run on Hadoop's local job runner, set up by {@link
 * org.clickmill.drivers.cli.EmbeddedHadoop}.
 */
package org.clickmill.drivers.cli;
