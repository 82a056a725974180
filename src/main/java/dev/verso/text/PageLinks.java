package dev.verso.text;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * What a page says of itself in other languages, and of its licence.
 *
 * @param alternates absolute addresses by language tag in lower case, from {@code rel=alternate}
 *     and from links with {@code hreflang}; the first of each language
 * @param licence address or words of its licence, empty if it names none
 */
public record PageLinks(Map<String, String> alternates, String licence) {

  /** What says nothing. */
  public static final PageLinks NONE = new PageLinks(Map.of(), "");

  /** Copies the map. */
  public PageLinks {
    alternates = Collections.unmodifiableMap(new TreeMap<>(alternates));
  }

  /**
   * The links of a page.
   *
   * @param html the page
   * @param address its own address, against which the others are resolved; may be empty
   */
  public static PageLinks of(String html, String address) {
    Document tree = Parser.htmlParser().parseInput(html, address);
    Map<String, String> alternates = new TreeMap<>();
    for (String links : new String[] {"link[rel=alternate][hreflang][href]", "a[hreflang][href]"}) {
      for (Element link : tree.select(links)) {
        String absolute = link.absUrl("href");
        alternates.putIfAbsent(
            link.attr("hreflang").toLowerCase(java.util.Locale.ROOT),
            absolute.isEmpty() ? link.attr("href") : absolute);
      }
    }
    Element licence = tree.selectFirst("link[rel=license][href], a[rel=license][href]");
    if (licence != null) {
      return new PageLinks(alternates, licence.attr("href"));
    }
    Element rights = tree.selectFirst("meta[name=dc.rights][content], meta[name=dcterms.license]");
    return new PageLinks(alternates, rights == null ? "" : rights.attr("content").strip());
  }
}
