/**
 * YAML files that users write, read with the place of each word, so that messages can say where
 * something is wrong. {@link org.clickmill.formats.yaml.YamlReader} reads a {@link
 * org.clickmill.formats.yaml.YamlText} into a {@link org.clickmill.formats.yaml.YamlNode}.
 */
package org.clickmill.formats.yaml;
