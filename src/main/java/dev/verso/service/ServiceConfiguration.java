package dev.verso.service;

import dev.verso.engine.Engine;
import dev.verso.engine.ModelCatalogue;
import dev.verso.file.TemporaryFolder;
import dev.verso.job.JobWorkers;
import dev.verso.service.http.Exposure;
import dev.verso.service.http.MemoryExhaustion;
import dev.verso.service.http.RequestExecutor;
import dev.verso.service.http.Settings;
import dev.verso.service.http.Translations;
import dev.verso.store.ArticleStore;
import dev.verso.store.Backup;
import dev.verso.store.Database;
import dev.verso.store.GlossaryStore;
import dev.verso.store.JobStore;
import dev.verso.store.KeyStore;
import dev.verso.store.MemoryStore;
import dev.verso.store.Terminology;
import dev.verso.store.Usage;
import dev.verso.text.InputException;
import dev.verso.translation.Lane;
import dev.verso.translation.TranslatorLoad;
import dev.verso.usecase.AlignTexts;
import dev.verso.usecase.CheckQuotes;
import dev.verso.usecase.FindQuotes;
import dev.verso.usecase.PullModel;
import dev.verso.usecase.TraceExcerpts;
import dev.verso.usecase.TranslateArticle;
import dev.verso.usecase.TranslateFile;
import dev.verso.usecase.TranslateJobDocument;
import dev.verso.usecase.TranslateTexts;
import dev.verso.usecase.corpus.BuildJobCorpus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.ToDoubleFunction;
import org.slf4j.LoggerFactory;
import org.springdoc.core.models.GroupedOpenApi;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** What the service is made of. */
@Configuration(proxyBeanMethods = false)
@ComponentScan(basePackageClasses = ServiceConfiguration.class)
@EnableAutoConfiguration
@EnableConfigurationProperties(Settings.class)
class ServiceConfiguration {

  private static final int LONGEST_LINE = 16 * 1024;
  private static final java.time.Duration IDLE = java.time.Duration.ofSeconds(75);
  private static final java.time.Duration HOUSEKEEPING = java.time.Duration.ofSeconds(5);
  private static final int HOUSEKEEPINGS_A_PURGE = 720;

  @Bean
  Database database(EarlyOpening opening) throws Exception {
    return opening.database();
  }

  @Bean
  KeyStore keyStore(
      Database database,
      Settings settings,
      Exposure exposure,
      @Value("${server.address:127.0.0.1}") String host) {
    KeyStore keys = new KeyStore(database);
    if (!settings.open() && keys.isEmpty() && !exposure.isLocal()) {
      throw new InputException(
          "--host "
              + host
              + " lets other machines in, and no API key is defined, so anybody could use the"
              + " service: make one with 'verso keys add NAME', or say --open if that is wanted");
    }
    return keys;
  }

  @Bean
  Usage usage(KeyStore keys) {
    return new Usage(keys);
  }

  @Bean
  JobStore jobStore(Database database) {
    return new JobStore(database);
  }

  @Bean
  GlossaryStore glossaryStore(Database database) {
    return new GlossaryStore(database);
  }

  @Bean
  MemoryStore memoryStore(Database database) {
    return new MemoryStore(database);
  }

  @Bean
  ArticleStore articleStore(Database database) {
    return new ArticleStore(database);
  }

  @Bean
  Terminology terminology(GlossaryStore glossaries, MemoryStore memories) {
    return new Terminology(glossaries, memories);
  }

  @Bean
  Backup backup(Database database) {
    return new Backup(database);
  }

  @Bean
  ModelCatalogue modelCatalogue(Settings settings) {
    return ModelCatalogue.in(settings.dataFolder());
  }

  @Bean
  PullModel pullModel(Settings settings, ModelCatalogue models) {
    return new PullModel(
        models, settings.hubAddress(), Optional.ofNullable(System.getenv("HF_TOKEN")));
  }

  @Bean
  Engine engine(EarlyOpening opening) throws Exception {
    return opening.engine();
  }

  @Bean
  TranslateArticle translateArticle(Engine engine) {
    return new TranslateArticle(engine);
  }

  @Bean
  TranslateTexts translateTexts(Engine engine) {
    return new TranslateTexts(engine);
  }

  @Bean
  TranslateFile translateFile(Engine engine) {
    // A file may be a book: it is not to keep others waiting.
    return new TranslateFile(engine.inLane(Lane.BULK));
  }

  @Bean
  AlignTexts alignTexts(Engine engine) {
    return AlignTexts.with(engine);
  }

  @Bean
  FindQuotes findQuotes() {
    return new FindQuotes();
  }

  @Bean
  TraceExcerpts traceExcerpts(Engine engine) {
    return new TraceExcerpts(engine);
  }

  @Bean
  CheckQuotes checkQuotes(Engine engine) {
    // A check scores some fifty sentences for each that a translation decodes: those go first.
    return new CheckQuotes(engine.inLane(Lane.BULK));
  }

  @Bean
  JobWorkers jobWorkers(
      JobStore store,
      Terminology terminology,
      Engine engine,
      Translations translations,
      MemoryExhaustion exhaustion,
      Settings settings) {
    return new JobWorkers(
        store,
        new BuildJobCorpus(
            new TranslateJobDocument(engine.inLane(Lane.BULK), terminology, translations),
            TemporaryFolder.ofProcess()),
        translations,
        exhaustion::endIfOutOfMemory,
        Math.max(2, (int) settings.jobs().lease().toSeconds()));
  }

  /**
   * Begins with the jobs when all else stands, and on the way out parks them before anything else
   * is closed.
   */
  @Bean
  SmartLifecycle jobLife(JobWorkers jobs, Database database, Settings settings) {
    return new SmartLifecycle() {
      private volatile boolean running;

      @Override
      public void start() {
        running = true;
        if (settings.jobs().workers() > 0) {
          jobs.start(database.isExclusive(), settings.jobs().workers());
        }
      }

      @Override
      public void stop() {
        running = false;
        jobs.close();
      }

      @Override
      public boolean isRunning() {
        return running;
      }
    };
  }

  /** Writes down what was used, and removes old jobs. */
  @Bean
  SmartLifecycle housekeeping(Usage usage, JobStore store, Database database, Settings settings) {
    return new SmartLifecycle() {
      private volatile Disposable timer;

      @Override
      public void start() {
        timer =
            Flux.interval(HOUSEKEEPING, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .subscribe(this::keep);
      }

      private void keep(long tick) {
        try {
          usage.flush();
          database.noteLength();
          if (settings.jobs().keepDays() > 0 && tick % HOUSEKEEPINGS_A_PURGE == 0) {
            store.removeOlderThan(settings.jobs().keepDays());
          }
        } catch (RuntimeException e) {
          // Whatever it was, the next round is due: an error let out would end the timer for good.
          LoggerFactory.getLogger(ServiceConfiguration.class)
              .warn("housekeeping put off: {}", e.toString());
        }
      }

      @Override
      public void stop() {
        timer.dispose();
        timer = null;
        try {
          usage.flush();
        } catch (Database.UnavailableException e) {
          LoggerFactory.getLogger(ServiceConfiguration.class)
              .warn("usage is not written down: {}", e.getMessage());
        }
      }

      @Override
      public boolean isRunning() {
        return timer != null;
      }
    };
  }

  @Bean
  PrometheusMeterRegistry meters() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    return registry;
  }

  /** What is read off when metrics are asked for. */
  @Bean
  Object gauges(
      PrometheusMeterRegistry registry, Engine engine, JobStore jobs, RequestExecutor work) {
    gauge(registry, "verso.queue", "interactive", engine, TranslatorLoad::interactiveWaiting);
    gauge(registry, "verso.queue", "bulk", engine, TranslatorLoad::bulkWaiting);
    counter(registry, "verso.batches", "Batches decoded", engine, TranslatorLoad::batches);
    counter(
        registry,
        "verso.decoded",
        "Inputs decoded; by the batches, how full a batch is",
        engine,
        TranslatorLoad::decoded);
    counter(
        registry,
        "verso.cache.hits",
        "Inputs known from before",
        engine,
        TranslatorLoad::cacheHits);
    counter(
        registry, "verso.cache.misses", "Inputs not known", engine, TranslatorLoad::cacheMisses);
    Gauge.builder("verso.requests.waiting", work, RequestExecutor::waiting).register(registry);
    Gauge.builder("verso.requests.active", work, RequestExecutor::active).register(registry);
    for (JobStore.State state : List.of(JobStore.State.WAITING, JobStore.State.RUNNING)) {
      Gauge.builder("verso.jobs.documents", jobs, store -> store.depth().getOrDefault(state, 0))
          .description("Documents of jobs")
          .tag("state", state.label())
          .register(registry);
    }
    return new Object();
  }

  private static void gauge(
      PrometheusMeterRegistry registry,
      String name,
      String lane,
      Engine engine,
      ToDoubleFunction<TranslatorLoad> value) {
    Gauge.builder(name, engine, d -> value.applyAsDouble(d.load()))
        .description("Inputs that wait to be decoded")
        .tag("lane", lane)
        .register(registry);
  }

  private static void counter(
      PrometheusMeterRegistry registry,
      String name,
      String description,
      Engine engine,
      ToDoubleFunction<TranslatorLoad> value) {
    FunctionCounter.builder(name, engine, d -> value.applyAsDouble(d.load()))
        .description(description)
        .register(registry);
  }

  /** Event loops of its own: those that are shared go with the first service that ends. */
  @Bean
  ReactorResourceFactory reactorResourceFactory() {
    ReactorResourceFactory resources = new ReactorResourceFactory();
    resources.setUseGlobalResources(false);
    return resources;
  }

  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> netty() {
    NettyServerCustomizer customizer =
        server ->
            server
                .idleTimeout(IDLE)
                .httpRequestDecoder(spec -> spec.maxInitialLineLength(LONGEST_LINE));
    return factory -> factory.addServerCustomizers(customizer);
  }

  /** Who calls, as a proxy says; without this bean such headers are only what they are. */
  @Bean
  @ConditionalOnProperty("verso.forwarded")
  ForwardedHeaderTransformer forwardedHeaderTransformer() {
    return new ForwardedHeaderTransformer();
  }

  @Bean
  InterfaceDescription interfaceDescription(Settings settings) {
    return new InterfaceDescription(settings.url());
  }

  @Bean
  GroupedOpenApi ownInterface() {
    return GroupedOpenApi.builder().group("verso").pathsToMatch("/v1/**", "/metrics").build();
  }

  @Bean
  GroupedOpenApi libreTranslateInterface() {
    return GroupedOpenApi.builder()
        .group("libretranslate")
        .pathsToMatch(
            "/translate",
            "/detect",
            "/languages",
            "/translate_file",
            "/download_file/{name}",
            "/suggest",
            "/frontend/settings",
            "/health")
        .build();
  }

  @Bean
  GroupedOpenApi deeplInterface() {
    return GroupedOpenApi.builder().group("deepl").pathsToMatch("/v2/**", "/v3/**").build();
  }

  /** The description without a group is that of our own interface. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  WebFilter descriptionWithoutGroup() {
    return (exchange, chain) ->
        chain.filter(
            exchange.getRequest().getPath().value().equals("/v1/openapi")
                ? exchange.mutate().request(r -> r.path("/v1/openapi/verso")).build()
                : exchange);
  }

  @Bean
  OpenAPI openApi() throws IOException {
    Properties build = new Properties();
    try (InputStream in = ServiceConfiguration.class.getResourceAsStream("/verso.properties")) {
      build.load(in);
    }
    return new OpenAPI()
        .info(
            new Info()
                .title("Verso")
                .version(build.getProperty("version"))
                .description(
                    "French articles into English without losing the original: every sentence,"
                        + " quote and word leads back to the exact characters it came from."
                        + " Offsets are half-open ranges of UTF-16 units.")
                .license(new License().name("Apache License 2.0").identifier("Apache-2.0")));
  }
}
