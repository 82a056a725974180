package dev.verso.service.http;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Who may call what: Spring Security's chain, with keys for callers, scopes for roles, and the
 * handler that will run for the decision.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
public class SecurityConfiguration {

  @Bean
  public ReactiveAuthenticationManager callersAsFound() {
    // The converter has looked the key up; what it found is the caller.
    return Mono::just;
  }

  @Bean
  public SecurityWebFilterChain chain(
      ServerHttpSecurity http,
      ReactiveAuthenticationManager manager,
      ApiKeyAuthenticator authenticator,
      HandlerScopes scopes,
      Settings settings) {
    AuthenticationWebFilter authentication = new AuthenticationWebFilter(manager);
    authentication.setServerAuthenticationConverter(authenticator);
    return http
        // Keys travel in headers and bodies that no browser adds by itself; origins are checked.
        .csrf(ServerHttpSecurity.CsrfSpec::disable)
        .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
        .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
        .logout(ServerHttpSecurity.LogoutSpec::disable)
        .headers(ServerHttpSecurity.HeaderSpec::disable)
        .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
        .cors(cors -> cors.configurationSource(cors(settings)))
        .addFilterAt(authentication, SecurityWebFiltersOrder.AUTHENTICATION)
        .authorizeExchange(exchanges -> exchanges.anyExchange().access(scopes))
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint((exchange, e) -> Mono.error(denied()))
                    .accessDeniedHandler(
                        (exchange, e) ->
                            scopes
                                .of(exchange)
                                .flatMap(needed -> Mono.error(denied(exchange, needed)))))
        .build();
  }

  private static Problem denied() {
    return Problem.of(403, "denied", "nobody may do that");
  }

  private static Problem denied(ServerWebExchange exchange, HandlerScopes.Requirement needed) {
    if (needed.scope().isEmpty()) {
      return denied();
    }
    String scope = needed.scope().get().label();
    Caller caller = AccessFilter.caller(exchange);
    if (caller.key() != null) {
      return Problem.of(
          403, "scope", "the key " + caller.key().name() + " lacks the scope '" + scope + "'");
    }
    return Problem.of(
        403,
        "setup",
        "the scope '"
            + scope
            + "' needs an API key, and there is none yet: make one on the machine itself with 'verso"
            + " keys add', or send the token that the service showed when it started, as"
            + " 'Authorization: Bearer …'");
  }

  private static UrlBasedCorsConfigurationSource cors(Settings settings) {
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    if (!settings.cors().origins().isEmpty()) {
      CorsConfiguration cors = new CorsConfiguration();
      cors.setAllowedOriginPatterns(settings.cors().origins());
      cors.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
      cors.setAllowedHeaders(List.of("*"));
      cors.setExposedHeaders(List.of("X-Request-Id", "Retry-After", "Location"));
      source.registerCorsConfiguration("/**", cors);
    }
    return source;
  }
}
