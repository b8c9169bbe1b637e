/**
 * Events as lines of text, one JSON object each, for programs in other languages that run on them
 * under Hadoop Streaming: {@code -inputformat
 * org.clickmill.formats.read.streaming.EventTextInputFormat}. It is the only part of the suite that
 * uses Hadoop's old API, because Streaming does.
 */
package org.clickmill.formats.read.streaming;
