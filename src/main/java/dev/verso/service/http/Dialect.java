package dev.verso.service.http;

import java.util.Set;
import org.springframework.web.server.ServerWebExchange;

/** Whose interface a request speaks. */
public enum Dialect {
  VERSO,
  LIBRE_TRANSLATE,
  DEEPL;

  private static final Set<String> LIBRE_TRANSLATE_PATHS =
      Set.of(
          "translate",
          "detect",
          "languages",
          "translate_file",
          "download_file",
          "frontend",
          "health",
          "suggest",
          "spec");

  static Dialect of(ServerWebExchange exchange) {
    String path = exchange.getRequest().getPath().value();
    if (path.startsWith("/v2/") || path.startsWith("/v3/")) {
      return DEEPL;
    }
    String[] steps = path.split("/");
    return steps.length > 1 && LIBRE_TRANSLATE_PATHS.contains(steps[1]) ? LIBRE_TRANSLATE : VERSO;
  }
}
