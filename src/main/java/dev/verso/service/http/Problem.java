package dev.verso.service.http;

import java.time.Duration;
import java.util.Optional;

/** Why a request gets no result. The detail names the input and the way out. */
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Optional<Duration> retryAfter;

  private Problem(int status, String code, String detail, Optional<Duration> retryAfter) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, Optional.empty());
  }

  public static Problem badRequest(String detail) {
    return of(400, "bad-request", detail);
  }

  public static Problem notFound(String detail) {
    return of(404, "not-found", detail);
  }

  public static Problem tooLarge(String detail) {
    return of(413, "too-large", detail);
  }

  public static Problem slowDown(String code, String detail, Duration retryAfter) {
    return new Problem(429, code, detail, Optional.of(retryAfter));
  }

  public int status() {
    return status;
  }

  /** A word for programs. */
  public String code() {
    return code;
  }

  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
