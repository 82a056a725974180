package dev.verso.service.http;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.resource.ResourceWebHandler;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decides who may call what by the handler that will run, which Spring is asked for, and never by
 * the text of a path, which can be spelt in many ways. A handler without a scope is closed to all.
 *
 * <p>When the service starts, each of its handlers must have a scope.
 */
@Component
public final class HandlerScopes
    implements ReactiveAuthorizationManager<AuthorizationContext>, SmartInitializingSingleton {

  private static final String FOUND = "verso.requirement";
  private static final String OURS = "dev.verso.";
  private static final String DOCUMENTATION = "org.springdoc.";

  private final ApplicationContext context;
  private volatile DispatcherHandler dispatcher;

  public HandlerScopes(ApplicationContext context) {
    this.context = context;
  }

  /**
   * What the request's handler needs.
   *
   * @param open whether anybody may call it
   * @param scope what a caller needs otherwise; empty if nobody may call it
   */
  public record Requirement(boolean open, Optional<Scope> scope, boolean keyInBody) {
    private static final Requirement OPEN = new Requirement(true, Optional.empty(), false);
    private static final Requirement CLOSED = new Requirement(false, Optional.empty(), false);
  }

  /** What the request needs; open if there is no handler, so that it is answered with 404. */
  public Mono<Requirement> of(ServerWebExchange exchange) {
    Requirement known = exchange.getAttribute(FOUND);
    if (known != null) {
      return Mono.just(known);
    }
    if (dispatcher == null) {
      dispatcher = context.getBean(DispatcherHandler.class);
    }
    return Flux.fromIterable(Optional.ofNullable(dispatcher.getHandlerMappings()).orElseThrow())
        .concatMap((HandlerMapping mapping) -> mapping.getHandler(exchange))
        .next()
        .map(handler -> of(handler, exchange.getRequest().getMethod()))
        .defaultIfEmpty(Requirement.OPEN)
        .doOnNext(requirement -> exchange.getAttributes().put(FOUND, requirement));
  }

  private static Requirement of(Object handler, HttpMethod method) {
    if (handler instanceof HandlerMethod called) {
      String type = called.getBeanType().getName();
      if (type.startsWith(OURS)) {
        return Optional.ofNullable(called.getMethodAnnotation(Requires.class))
            .map(HandlerScopes::of)
            .orElse(Requirement.CLOSED);
      }
      // The interface's description, and Spring's own list of the methods that a path takes.
      return type.startsWith(DOCUMENTATION) || method.equals(HttpMethod.OPTIONS)
          ? Requirement.OPEN
          : Requirement.CLOSED;
    }
    return handler instanceof ResourceWebHandler ? Requirement.OPEN : Requirement.CLOSED;
  }

  private static Requirement of(Requires requires) {
    return requires.value() == Scope.PUBLIC
        ? Requirement.OPEN
        : new Requirement(false, Optional.of(requires.value()), requires.keyInBody());
  }

  @Override
  public Mono<AuthorizationResult> authorize(
      Mono<Authentication> authentication, AuthorizationContext authorization) {
    return of(authorization.getExchange())
        .flatMap(
            requirement ->
                requirement.open()
                    ? Mono.just(true)
                    : authentication
                        .map(caller -> allows(caller, requirement))
                        .defaultIfEmpty(false))
        .map(AuthorizationDecision::new);
  }

  private static boolean allows(Authentication caller, Requirement requirement) {
    return caller.isAuthenticated()
        && requirement
            .scope()
            .map(Scope::label)
            .filter(
                label ->
                    caller.getAuthorities().stream()
                        .anyMatch(authority -> label.equals(authority.getAuthority())))
            .isPresent();
  }

  @Override
  public void afterSingletonsInstantiated() {
    context
        .getBeansOfType(RequestMappingHandlerMapping.class)
        .values()
        .forEach(mapping -> requireScopes(mapping.getHandlerMethods()));
  }

  private static void requireScopes(Map<?, HandlerMethod> handlers) {
    for (HandlerMethod handler : handlers.values()) {
      Method method = handler.getMethod();
      boolean ours = handler.getBeanType().getName().startsWith(OURS);
      if (ours && !AnnotatedElementUtils.hasAnnotation(method, Requires.class)) {
        throw new IllegalStateException(method + " has no @Requires, so nobody could call it");
      }
    }
  }
}
