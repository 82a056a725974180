package dev.verso.file;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.okapi.common.IParameters;
import net.sf.okapi.common.filters.IFilter;
import net.sf.okapi.filters.html.HtmlFilter;
import net.sf.okapi.filters.xmlstream.XmlStreamFilter;

/** Okapi's filters for markup with the rules that it needs here. */
final class MarkupFilters {

  /**
   * The type of a code that holds a whole element whose text is not for translation. Okapi makes it
   * for elements with both of {@code INLINE} and {@code EXCLUDE}.
   */
  static final String KEPT = "inline excluded";

  private static final String NOT_TRANSLATED = "    conditions: [translate, EQUALS, no]";

  /** The rule's name is a pattern for elements that differs from that of the rule before it. */
  private static final String CLASS_NOT_TRANSLATED =
      "\n  .*?:\n    ruleTypes: [EXCLUDE]\n"
          + "    conditions: [class, MATCHES, '(?:.*\\s)?notranslate(?:\\s.*)?']";

  private MarkupFilters() {}

  /**
   * For HTML; code is kept, and so is an element with {@code translate="no"} or the class {@code
   * notranslate}.
   */
  static IFilter html(TagRules tags) {
    HtmlFilter filter = new HtmlFilter();
    IParameters parameters = filter.getParameters();
    String rules = parameters.toString();
    // Okapi's rules for these elements lack a type, at which its filter breaks off.
    for (String element : List.of("audio", "track")) {
      rules = rules.replaceFirst("(?m)^  " + element + ":", "$0\n    ruleTypes: [INLINE]");
    }
    for (String element : List.of("code", "kbd", "samp", "tt", "var")) {
      rules =
          rules.replaceFirst(
              "(?m)^(  " + element + ":\\R    ruleTypes: )\\[INLINE]", "$1[INLINE, EXCLUDE]");
    }
    rules = rules.replaceFirst("(?m)^(  pre:\\R    ruleTypes: )\\[[^]]*]", "$1[EXCLUDE]");
    rules = rules.replace(NOT_TRANSLATED, NOT_TRANSLATED + CLASS_NOT_TRANSLATED);
    for (String name : tags.ignored()) {
      Matcher known =
          Pattern.compile("(?m)(?<=^  " + Pattern.quote(name) + ":\n    ruleTypes: )\\[[^\\]]*\\]")
              .matcher(rules);
      if (!known.find()) {
        rules = rules.stripTrailing() + "\n" + rule(name, "INLINE, EXCLUDE");
      } else {
        String types = known.group().contains("INLINE") ? "[INLINE, EXCLUDE]" : "[EXCLUDE]";
        rules = known.replaceFirst(types);
      }
    }
    parameters.fromString(rules);
    return filter;
  }

  /** For XML of which an outline says what stands inside sentences; white space is kept. */
  static IFilter xml(XmlOutline outline, TagRules tags) {
    StringBuilder rules =
        new StringBuilder(
            "assumeWellformed: true\npreserve_whitespace: true\nquoteModeDefined: true\nquoteMode: 0\nelements:\n");
    Set<String> named = new TreeSet<>(outline.inline());
    named.addAll(tags.ignored());
    for (String name : named) {
      boolean inside = outline.inline().contains(name);
      boolean kept = tags.ignored().contains(name);
      rules.append(rule(name, !kept ? "INLINE" : inside ? "INLINE, EXCLUDE" : "EXCLUDE"));
    }
    if (named.isEmpty()) {
      rules.append(rule("verso-none", "INLINE"));
    }
    XmlStreamFilter filter = new XmlStreamFilter();
    filter.getParameters().fromString(rules.toString());
    return filter;
  }

  private static String rule(String name, String types) {
    return "  '" + name + "':\n    ruleTypes: [" + types + "]\n";
  }
}
