package dev.verso.service;

import dev.verso.service.http.Settings;
import dev.verso.text.InputException;
import java.lang.reflect.RecordComponent;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses settings that there are not: one that is spelt wrongly would leave a limit open without a
 * word. Names of the environment are refused only when they are close to a setting's, since others
 * (Kubernetes, for one) put names of their own there.
 */
final class KnownSettings
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

  private static final String PREFIX = "verso";
  private static final String IN_ENVIRONMENT = "VERSO_";
  private static final int CLOSE = 3;

  /** Of the launcher and the command line. */
  private static final Set<String> OTHERS =
      Set.of("VERSO_DATA", "VERSO_OPTS", "VERSO_NO_ARCHIVE", "VERSO_LOG_FORMAT");

  private final Set<String> names = new TreeSet<>();

  KnownSettings() {
    collect(PREFIX, Settings.class);
  }

  private void collect(String prefix, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + "." + dashed(component.getName());
      if (component.getType().isRecord()) {
        collect(name, component.getType());
      } else {
        names.add(name);
      }
    }
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** All that there are. */
  Set<String> names() {
    return Set.copyOf(names);
  }

  @Override
  public int getOrder() {
    // After the configuration files have been read.
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    ConfigurableEnvironment environment = event.getEnvironment();
    for (PropertySource<?> source : environment.getPropertySources()) {
      boolean ours =
          !source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
      if (ours && source instanceof EnumerablePropertySource<?> listed) {
        boolean env =
            source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        for (String name : listed.getPropertyNames()) {
          if (env) {
            checkEnvironment(name);
          } else {
            check(name);
          }
        }
      }
    }
  }

  private void check(String given) {
    ConfigurationPropertyName name = ConfigurationPropertyName.adapt(given, '.');
    String plain = name.toString().replaceAll("\\[\\d+]$", "");
    boolean verso = plain.equals(PREFIX) || plain.startsWith(PREFIX + ".");
    if (verso && names.stream().noneMatch(known -> same(known, plain))) {
      throw new InputException(
          "there is no setting "
              + given
              + nearest(plain).map(known -> ": did you mean " + known + "?").orElse("")
              + " (src/docs/configuration.md lists them)");
    }
  }

  private static boolean same(String known, String given) {
    return known
        .replace("-", "")
        .equals(given.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT));
  }

  private void checkEnvironment(String variable) {
    if (!variable.startsWith(IN_ENVIRONMENT) || OTHERS.contains(variable)) {
      return;
    }
    for (String known : names) {
      if (variable(known).equals(variable) || variable.startsWith(variable(known) + "_")) {
        return;
      }
    }
    nearest(variable.toLowerCase(Locale.ROOT).replace('_', '.'))
        .ifPresent(
            known -> {
              throw new InputException(
                  "there is no setting "
                      + variable
                      + " in the environment: did you mean "
                      + variable(known)
                      + "?");
            });
  }

  private static String variable(String name) {
    return name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private Optional<String> nearest(String name) {
    LevenshteinDistance distance = new LevenshteinDistance(CLOSE);
    return names.stream()
        .filter(known -> distance.apply(known, name) >= 0)
        .min(Comparator.comparingInt(known -> distance.apply(known, name)));
  }
}
