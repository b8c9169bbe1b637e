/**
 * Settings. Every key of the suite is one {@link org.clickmill.formats.config.ConfigKey} constant,
 * named {@code clickmill.<area>.<name>[-unit]}; each package that reads settings holds its own. A
 * {@link org.clickmill.formats.config.TimeSpan} is a duration as users write it.
 */
package org.clickmill.formats.config;
