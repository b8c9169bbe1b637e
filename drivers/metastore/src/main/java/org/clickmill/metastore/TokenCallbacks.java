package org.clickmill.metastore;

import java.util.Base64;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.sasl.RealmCallback;
import org.apache.hadoop.security.token.Token;

/** A delegation token as a name and a password, as Hadoop's servers read it. */
final class TokenCallbacks implements CallbackHandler {
  private final String name;
  private final char[] password;

  TokenCallbacks(Token<?> token) {
    name = text(token.getIdentifier());
    password = text(token.getPassword()).toCharArray();
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    for (var callback : callbacks) {
      if (callback instanceof NameCallback asked) {
        asked.setName(name);
      } else if (callback instanceof PasswordCallback asked) {
        asked.setPassword(password);
      } else if (callback instanceof RealmCallback asked) {
        asked.setText(asked.getDefaultText());
      } else {
        throw new UnsupportedCallbackException(callback);
      }
    }
  }
}
