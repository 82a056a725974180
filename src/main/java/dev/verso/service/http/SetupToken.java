package dev.verso.service.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.stereotype.Component;

/**
 * Lets the person who started the service administer it as long as there is no API key. It is made
 * anew at each start, shown on the terminal only, and worth nothing once a key exists.
 */
@Component
public final class SetupToken {

  private static final int RANDOM_BYTES = 24;

  private final String secret;

  public SetupToken() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    secret = "setup_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  public String secret() {
    return secret;
  }

  /** Whether this is the token; takes as long whatever it is compared with. */
  public boolean matches(String given) {
    return MessageDigest.isEqual(
        secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
