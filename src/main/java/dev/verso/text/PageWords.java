package dev.verso.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

/**
 * What the names of an element (class, id, the tag of a custom element) say about its place on the
 * page, by the words of {@code boilerplate.cues}. Linear in the names' length.
 */
final class PageWords {

  private static final Set<String> PAGE = BoilerplateCues.cues().words("page");
  private static final Set<String> RELATED = BoilerplateCues.cues().words("related");
  private static final Set<String> COMMENTS = BoilerplateCues.cues().words("comments");
  private static final Set<String> COMMENTS_PART = BoilerplateCues.cues().words("comments-part");
  private static final Set<String> LIVE = BoilerplateCues.cues().words("live");
  private static final Set<String> TOPIC = BoilerplateCues.cues().words("topic");

  private PageWords() {}

  /** A mark, as yet without its place: its kind and the word in a name that makes it one. */
  record Named(PageMark.Kind kind, String word) {}

  /** The firmest mark that a name makes of the element, null if none does. */
  static Named of(Element element) {
    Named firmest = null;
    boolean live = false;
    String tag = element.normalName();
    String names =
        element.className() + " " + element.id() + (tag.indexOf('-') > 0 ? " " + tag : "");
    for (String name : names.split("\\s+")) {
      List<String> words = words(name);
      live |= first(words, LIVE) != null;
      Named named = of(words);
      if (named != null && (firmest == null || named.kind.compareTo(firmest.kind) < 0)) {
        firmest = named;
      }
    }
    boolean posts = live && firmest != null && firmest.kind == PageMark.Kind.READERS;
    return posts ? new Named(PageMark.Kind.WORD, firmest.word) : firmest;
  }

  private static Named of(List<String> words) {
    if (words.isEmpty() || (words.size() > 1 && TOPIC.contains(words.get(0)))) {
      return null;
    }
    String comments = first(words, COMMENTS);
    if (comments != null) {
      boolean place =
          words.stream().allMatch(word -> COMMENTS.contains(word) || COMMENTS_PART.contains(word));
      return new Named(place ? PageMark.Kind.READERS : PageMark.Kind.WORD, comments);
    }
    String related = first(words, RELATED);
    if (related != null) {
      return new Named(PageMark.Kind.RELATED, related);
    }
    String page = first(words, PAGE);
    return page == null ? null : new Named(PageMark.Kind.WORD, page);
  }

  /** The first of the words that is known, in the singular. */
  private static String first(List<String> words, Set<String> known) {
    for (String word : words) {
      if (known.contains(word)) {
        return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
      }
    }
    return null;
  }

  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i == name.length() || !Character.isLetter(name.charAt(i))) {
        if (i - start > 1) {
          words.add(name.substring(start, i).toLowerCase(Locale.ROOT));
        }
        start = i + 1;
      }
    }
    return words;
  }
}
