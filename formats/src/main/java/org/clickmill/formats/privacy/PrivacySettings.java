package org.clickmill.formats.privacy;

import java.util.List;
import org.clickmill.formats.config.ConfigKey;

/** The settings of keys. The configuration names files; what they hold is never in it. */
public final class PrivacySettings {
  public static final ConfigKey<String> SUPPRESSION_KEY_FILE =
      ConfigKey.ofString(
          "clickmill.suppression.key-file",
          null,
          "The file with the key of the list of forgotten ids: at least 16 bytes, readable by its"
              + " owner only; on the local disk, or with a scheme on any file system. Without it a"
              + " random key is made beside the list, in _privacy/ of the warehouse.");

  public static final ConfigKey<String> USER_ID_HASH_KEY_FILE =
      ConfigKey.ofString(
          "clickmill.user-id.hash-key-file",
          null,
          "The file with the key by which import and load hash user_id; the file is as that of"
              + " clickmill.suppression.key-file. To be set before the first events come in, and"
              + " kept: all ids of a warehouse are hashed with one key.");

  public static final ConfigKey<String> VISITOR_ID_HASH_KEY_FILE =
      ConfigKey.ofString(
          "clickmill.visitor-id.hash-key-file",
          null,
          "The same for visitor_id. May name the same file.");

  private PrivacySettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(SUPPRESSION_KEY_FILE, USER_ID_HASH_KEY_FILE, VISITOR_ID_HASH_KEY_FILE);
  }
}
