package dev.verso.service.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The scope that a handler needs. Every handler has one, or the service does not start. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {

  /** What the caller must be allowed to do. */
  Scope value();

  /** Whether the key comes in the body or the query as {@code api_key}, as LibreTranslate's do. */
  boolean keyInBody() default false;
}
