package dev.verso.service;

import dev.verso.model.ModelException;
import dev.verso.service.http.ApiKeyAuthenticator;
import dev.verso.service.http.Settings;
import dev.verso.service.http.SetupToken;
import dev.verso.text.InputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** A service that runs. Close it to stop it: requests under way are finished, jobs are parked. */
public final class VersoService implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final CountDownLatch closed;

  private VersoService(ConfigurableApplicationContext context, CountDownLatch closed) {
    this.context = context;
    this.closed = closed;
  }

  /**
   * Starts a service.
   *
   * @param settings by name, such as {@code server.port}; before those of the environment and of
   *     the configuration file
   * @throws InputException if a setting is no good
   * @throws ModelException if the model can't be used
   */
  public static VersoService start(Map<String, String> settings) {
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put("server.address", "127.0.0.1");
    defaults.put("server.port", "8080");
    defaults.put("server.shutdown", "graceful");
    defaults.put("spring.lifecycle.timeout-per-shutdown-phase", "8s");
    defaults.put("spring.main.banner-mode", "off");
    defaults.put("spring.config.name", "verso");
    defaults.put("spring.webflux.multipart.max-in-memory-size", "32MB");
    defaults.put("spring.webflux.multipart.max-disk-usage-per-part", "1GB");
    defaults.put("spring.webflux.multipart.max-parts", "1100");
    defaults.put("spring.http.codecs.max-in-memory-size", "32MB");
    defaults.put("spring.jmx.enabled", "false");
    defaults.put("springdoc.api-docs.path", "/v1/openapi");
    defaults.put("springdoc.api-docs.version", "openapi_3_1");
    defaults.put("springdoc.swagger-ui.path", "/docs");
    defaults.put("springdoc.swagger-ui.urls-primary-name", "verso");
    defaults.put("springdoc.default-produces-media-type", "application/json");
    defaults.put("logging.level.root", "warn");
    // Why a service does not start is told in one line, by whoever starts it.
    defaults.put("logging.level.org.springframework", "error");
    defaults.put("logging.level.org.springframework.boot.SpringApplication", "off");
    defaults.put("logging.level.org.springframework.boot.diagnostics", "off");
    defaults.put("logging.level.dev.verso", "info");
    // What these warn of is meant to be so: no GPU, a newer H2, an interface that describes itself.
    defaults.put("logging.level.ai.djl", "error");
    defaults.put("logging.level.org.flywaydb", "error");
    defaults.put("logging.level.org.springdoc", "error");
    // They log requests as they came, queries and all; what goes wrong is logged without.
    defaults.put("logging.level.org.springframework.web.server.adapter", "off");
    defaults.put("logging.level.reactor.netty.http.server", "error");
    defaults.put("logging.pattern.console", "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%n");
    SpringApplication application = new SpringApplication(ServiceConfiguration.class);
    application.setWebApplicationType(WebApplicationType.REACTIVE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setDefaultProperties(defaults);
    CountDownLatch closed = new CountDownLatch(1);
    application.addListeners(new KnownSettings());
    EarlyOpening opening = new EarlyOpening();
    application.addInitializers(opening);
    application.addListeners(
        event -> {
          if (event instanceof ContextClosedEvent) {
            closed.countDown();
          }
        });
    List<String> arguments = new ArrayList<>();
    String format = settings.getOrDefault("verso.log.format", System.getenv("VERSO_LOG_FORMAT"));
    if (format != null && !format.equals("text")) {
      arguments.add("--logging.structured.format.console=" + format);
    }
    settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    try {
      return new VersoService(application.run(arguments.toArray(new String[0])), closed);
    } catch (RuntimeException e) {
      opening.close();
      throw meant(e);
    }
  }

  /** The reason that users are told, where there is one. */
  private static RuntimeException meant(RuntimeException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof InputException || cause instanceof ModelException) {
        return (RuntimeException) cause;
      }
      if (cause instanceof org.springframework.boot.web.server.PortInUseException inUse) {
        return new InputException(
            "port " + inUse.getPort() + " is in use: choose another with --port", error);
      }
      if (cause instanceof java.net.BindException) {
        return new InputException("can't listen there: " + cause.getMessage(), error);
      }
      if (cause instanceof org.springframework.boot.context.properties.bind.BindException binding) {
        return new InputException(
            "the setting " + binding.getName() + " is no good: " + root(binding), error);
      }
    }
    return error;
  }

  private static String root(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }

  /** What it is made of. */
  ConfigurableApplicationContext context() {
    return context;
  }

  /** The port it listens on. */
  public int port() {
    return ((WebServerApplicationContext) context).getWebServer().getPort();
  }

  /**
   * The secret with which the service can be administered as long as no API key is defined; empty
   * if there is one.
   */
  public Optional<String> setupToken() {
    return context.getBean(ApiKeyAuthenticator.class).needKeys()
        ? Optional.empty()
        : Optional.of(context.getBean(SetupToken.class).secret());
  }

  /** Longest that stopping may take. */
  public Duration shutdownTime() {
    return context.getBean(Settings.class).shutdown();
  }

  /** Waits until it is stopped. */
  public void await() throws InterruptedException {
    closed.await();
  }

  @Override
  public void close() {
    context.close();
  }
}
