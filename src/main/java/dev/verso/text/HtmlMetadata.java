package dev.verso.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.nodes.Element;

/**
 * What a page says about itself, in order of trust: OpenGraph and other {@code meta} elements,
 * JSON-LD, links, then plain markup.
 *
 * @param entries keys of {@link Document#metadata()}
 */
record HtmlMetadata(Map<String, String> entries) {

  /** How deep JSON-LD is searched. */
  private static final int DEPTH = 6;

  HtmlMetadata {
    entries = Map.copyOf(entries);
  }

  /** The metadata of a page. */
  static HtmlMetadata of(org.jsoup.nodes.Document tree) {
    return new Reading(tree).run();
  }

  /** The title, empty if the page has none. */
  String title() {
    return entries.getOrDefault("title", "");
  }

  /** The same, with the first title block as the title if the page names none. */
  HtmlMetadata withTitle(List<Block> blocks) {
    if (entries.containsKey("title")) {
      return this;
    }
    Map<String, String> titled = new TreeMap<>(entries);
    BlockClassifier.headline(blocks).ifPresent(title -> titled.put("title", title));
    return new HtmlMetadata(titled);
  }

  private static final class Reading {
    private final org.jsoup.nodes.Document tree;
    private final Map<String, String> entries = new TreeMap<>();

    Reading(org.jsoup.nodes.Document tree) {
      this.tree = tree;
    }

    HtmlMetadata run() {
      for (Element meta : tree.select("meta[content]")) {
        String name = meta.attr("property").isEmpty() ? meta.attr("name") : meta.attr("property");
        String content = meta.attr("content");
        switch (name.toLowerCase(Locale.ROOT)) {
          case "og:title", "twitter:title" -> put("title", content);
          case "og:url" -> put("url", content);
          case "og:site_name", "application-name" -> put("site", content);
          case "author", "dc.creator", "article:author" -> putName(content);
          case "article:published_time",
              "date",
              "dc.date",
              "dc.date.issued",
              "pubdate",
              "publish-date",
              "parsely-pub-date" ->
              put("date", content);
          case "og:locale" -> put("language", content.replace('_', '-'));
          default -> {}
        }
      }
      for (Element script : tree.select("script[type=application/ld+json]")) {
        linkedData(script.data());
      }
      for (Element link : tree.select("link[rel=canonical][href]")) {
        put("url", link.attr("href"));
      }
      markup();
      return new HtmlMetadata(entries);
    }

    private void markup() {
      Element html = tree.selectFirst("html[lang]");
      if (html != null && !html.attr("lang").isBlank()) {
        entries.put("language", html.attr("lang").strip());
      }
      for (Element byline :
          tree.select("[rel=author], [itemprop=author]").stream().limit(1).toList()) {
        putName(byline.text());
      }
      Element time = tree.selectFirst("article time[datetime], main time[datetime]");
      if (time == null) {
        time = tree.selectFirst("time[datetime]");
      }
      if (time != null) {
        put("date", time.attr("datetime"));
      }
      put("title", tree.title());
    }

    private void put(String key, String value) {
      if (!value.isBlank()) {
        entries.putIfAbsent(key, value.strip());
      }
    }

    /** An author may be given as the address of a profile, which is not a name. */
    private void putName(String value) {
      if (!value.startsWith("http")) {
        put("author", value);
      }
    }

    private void linkedData(String script) {
      try {
        node(Json.PLAIN.readTree(script), 0);
      } catch (JsonProcessingException e) {
        // Broken metadata is ignored: the page itself is still readable.
        return;
      }
    }

    private void node(JsonNode node, int depth) {
      if (node == null || depth > DEPTH) {
        return;
      }
      if (node.isArray()) {
        node.forEach(child -> node(child, depth + 1));
      } else if (node.isObject()) {
        if (isArticle(node.path("@type"))) {
          put("title", node.path("headline").asText(""));
          put("url", text(node.path("mainEntityOfPage"), "@id"));
          put("url", node.path("url").asText(""));
          put("author", names(node.path("author")));
          put("date", node.path("datePublished").asText(""));
          put("language", text(node.path("inLanguage"), "name"));
          put("site", text(node.path("publisher"), "name"));
        }
        node(node.get("@graph"), depth + 1);
      }
    }

    private static boolean isArticle(JsonNode type) {
      if (type.isArray()) {
        for (JsonNode one : type) {
          if (isArticle(one)) {
            return true;
          }
        }
        return false;
      }
      String name = type.asText("");
      return name.endsWith("Article") || name.equals("BlogPosting") || name.endsWith("Report");
    }

    private static String text(JsonNode node, String field) {
      return node.isObject() ? node.path(field).asText("") : node.asText("");
    }

    private static String names(JsonNode authors) {
      List<String> names = new ArrayList<>();
      if (authors.isArray()) {
        authors.forEach(author -> names.add(text(author, "name")));
      } else {
        names.add(text(authors, "name"));
      }
      names.removeIf(String::isBlank);
      return String.join(", ", names);
    }
  }
}
