package dev.verso.text;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;

/**
 * The JSON mappers that all of Verso shares. They are thread-safe as long as nobody reconfigures
 * them: never call {@code configure}, {@code enable} and the like on one, derive an {@code
 * ObjectReader} or {@code ObjectWriter} instead.
 */
public final class Json {

  /**
   * Jackson's defaults: builds and reads trees, and writes. When it reads into a class, an unknown
   * property is an error, and strings are converted to the types asked for.
   */
  public static final JsonMapper PLAIN = new JsonMapper();

  /**
   * For JSON from outside that must be exactly what is asked for: unknown properties, values of
   * another type and anything after the value are errors.
   */
  public static final JsonMapper STRICT =
      JsonMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .withCoercionConfig(
              LogicalType.Integer,
              config -> config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
          .withCoercionConfig(
              LogicalType.Textual,
              config ->
                  config
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  /** For JSON that another version of Verso may have written: unknown properties are ignored. */
  public static final JsonMapper LENIENT =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Json() {}
}
