package dev.midstream.runners;

import com.google.auth.Credentials;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2Credentials;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.extensions.gcp.auth.CredentialFactory;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Tokens that all are good for an hour, as they say: token-1, and token-2 to who asks for another.
 */
public final class TokenCredentials extends OAuth2Credentials {
  private static final long serialVersionUID = 1;

  private static final AtomicInteger GIVEN = new AtomicInteger();

  /** Makes them where {@code --credentialFactoryClass} names it. */
  public static final class Factory implements CredentialFactory {
    /** As Beam looks for it. */
    public static Factory fromOptions(PipelineOptions options) {
      return new Factory();
    }

    @Override
    public Credentials getCredential() {
      return new TokenCredentials();
    }
  }

  static void reset() {
    GIVEN.set(0);
  }

  static int given() {
    return GIVEN.get();
  }

  @Override
  public AccessToken refreshAccessToken() {
    Date end = Date.from(Instant.now().plus(1, ChronoUnit.HOURS));
    return new AccessToken("token-" + GIVEN.incrementAndGet(), end);
  }
}
