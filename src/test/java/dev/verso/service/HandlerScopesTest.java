package dev.verso.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.evaluation.service.AdmissionAttacks;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Scope;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** What the attacks try is all there is, and what they expect is what the handlers declare. */
class HandlerScopesTest {

  @Test
  void theAttacksKnowEveryHandler() throws Exception {
    try (RunningService running = RunningService.start()) {
      Map<String, Scope> declared = new TreeMap<>();
      for (RequestMappingHandlerMapping mapping :
          running.service().context().getBeansOfType(RequestMappingHandlerMapping.class).values()) {
        for (Map.Entry<RequestMappingInfo, HandlerMethod> entry :
            mapping.getHandlerMethods().entrySet()) {
          if (entry.getValue().getBeanType().getName().startsWith("dev.verso.")) {
            Scope scope = entry.getValue().getMethodAnnotation(Requires.class).value();
            entry
                .getKey()
                .getPatternsCondition()
                .getPatterns()
                .forEach(
                    path ->
                        entry
                            .getKey()
                            .getMethodsCondition()
                            .getMethods()
                            .forEach(
                                method ->
                                    declared.put(method + " " + path.getPatternString(), scope)));
          }
        }
      }
      Set<String> attacked = new TreeSet<>();
      for (AdmissionAttacks.Handler handler : AdmissionAttacks.OTHERS) {
        String name = handler.method() + " " + handler.path();
        attacked.add(name);
        assertThat(declared.get(name)).as(name).isNotNull();
        assertThat(declared.get(name).label()).as(name).isEqualTo(handler.scope());
      }
      JsonNode paths = RunningService.tree(running.get("/v1/openapi")).get("paths");
      for (Map.Entry<String, JsonNode> path : paths.properties()) {
        path.getValue()
            .fieldNames()
            .forEachRemaining(
                method ->
                    attacked.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey()));
      }
      declared.forEach(
          (name, scope) -> {
            boolean open = AdmissionAttacks.OPEN.contains(name.substring(name.indexOf(' ') + 1));
            assertThat(open).as(name).isEqualTo(scope == Scope.PUBLIC);
            assertThat(open || attacked.contains(name)).as(name + " is attacked").isTrue();
          });
      assertThat(declared).hasSizeGreaterThan(50);
    }
  }
}
