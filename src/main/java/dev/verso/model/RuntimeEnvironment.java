package dev.verso.model;

import ai.onnxruntime.OrtEnvironment;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * Keeps ONNX Runtime's environment until the process has ended.
 *
 * <p>Its Java library frees the environment in a shutdown hook, which runs beside all others: a
 * model that another thread is just loading then crashes the process. The environment counts who
 * holds it, so a second hold, never given up, makes that hook harmless. The library has no method
 * for it; the one behind its constructor is called. Thread-safe.
 */
final class RuntimeEnvironment {

  /** ONNX Runtime's number of the level from which it logs. */
  private static final int WARNINGS = 2;

  private RuntimeEnvironment() {}

  private static final class Held {
    static final boolean HELD = take();

    private static boolean take() {
      OrtEnvironment.getEnvironment();
      try {
        Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
        api.setAccessible(true);
        Method create =
            OrtEnvironment.class.getDeclaredMethod(
                "createHandle", long.class, int.class, String.class);
        create.setAccessible(true);
        create.invoke(null, api.getLong(null), WARNINGS, "verso");
        return true;
      } catch (ReflectiveOperationException | RuntimeException e) {
        // Another release of the library: as it was made, then. A test tells whoever updates it.
        return false;
      }
    }
  }

  /**
   * Takes the hold, once.
   *
   * @return whether it was had
   */
  static boolean hold() {
    return Held.HELD;
  }
}
