package dev.verso.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Distinguishes a block of the page from one of the article by its words: the phrases of {@code
 * boilerplate.cues}, and the shapes of breadcrumbs, hashtag lines and share bars. A block longer
 * than its cue's limit, or one that quotes somebody, is never classified by a phrase inside it.
 */
final class BoilerplateCues {

  /** Longest block that any cue applies to. */
  private static final int LONGEST = 700;

  private static final BoilerplateCues CUES = load("boilerplate.cues");

  private static final Set<String> NETWORKS =
      Set.of(
          "facebook",
          "twitter",
          "x",
          "linkedin",
          "whatsapp",
          "telegram",
          "instagram",
          "messenger",
          "pinterest",
          "reddit",
          "tumblr",
          "bluesky",
          "mastodon",
          "threads",
          "youtube",
          "tiktok",
          "email",
          "e-mail",
          "mail",
          "courriel",
          "imprimer",
          "print",
          "sms",
          "flipboard",
          "skype",
          "viber",
          "copier",
          "lien",
          "copy",
          "link",
          "partager",
          "share",
          "tweeter",
          "tweet");

  /**
   * What a cue says about a block.
   *
   * @param category such as {@code comments}
   * @param whole whether the block says nothing else
   */
  record Match(String category, boolean whole) {}

  private record Cue(String category, String mode, int limit, List<String> parts) {}

  private final Map<String, Cue> whole = new HashMap<>();
  private final Map<String, List<Cue>> opening = new HashMap<>();
  private final List<Cue> holding = new ArrayList<>();
  private final Map<String, Set<String>> words = new HashMap<>();

  /** The cues. */
  static BoilerplateCues cues() {
    return CUES;
  }

  /** The words of a category that count in the names of elements, such as {@code comments}. */
  Set<String> words(String category) {
    return words.getOrDefault(category, Set.of());
  }

  /** Whether a text holds a word of a category. */
  boolean holdsWord(String text, String category) {
    Set<String> known = words(category);
    for (String word : fold(text).split("[^a-z-]+")) {
      // "abonnez-vous" is a form of "abonnez"; "rendez-vous" is none of "vous".
      int hyphen = word.indexOf('-');
      if (known.contains(hyphen < 0 ? word : word.substring(0, hyphen))) {
        return true;
      }
    }
    return false;
  }

  /** The cue found in the text of a block, if any. */
  Optional<Match> match(String block) {
    if (block.length() > LONGEST || block.isBlank()) {
      return Optional.empty();
    }
    String folded = fold(block);
    Cue same = whole.get(core(folded));
    if (same != null && block.length() <= same.limit) {
      return Optional.of(new Match(same.category, true));
    }
    boolean quotes = block.indexOf('«') >= 0 || block.indexOf('“') >= 0;
    for (Cue cue : opening.getOrDefault(firstWord(folded), List.of())) {
      String phrase = cue.parts.get(0);
      if (block.length() <= cue.limit && folded.startsWith(phrase) && endsWord(folded, phrase)) {
        return Optional.of(new Match(cue.category, false));
      }
    }
    if (!quotes) {
      for (Cue cue : holding) {
        if (block.length() <= cue.limit && holdsAll(folded, cue.parts)) {
          return Optional.of(new Match(cue.category, false));
        }
      }
    }
    return shape(block, folded);
  }

  private static String firstWord(String folded) {
    int space = folded.indexOf(' ');
    return space < 0 ? folded : folded.substring(0, space);
  }

  private static boolean holdsAll(String folded, List<String> parts) {
    for (String part : parts) {
      if (!holds(folded, part)) {
        return false;
      }
    }
    return true;
  }

  /** A part of several words, or the beginning of a word, somewhere in the text. */
  private static boolean holds(String folded, String part) {
    for (int at = folded.indexOf(part); at >= 0; at = folded.indexOf(part, at + 1)) {
      if (at == 0 || !Character.isLetterOrDigit(folded.charAt(at - 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsWord(String folded, String phrase) {
    int behind = phrase.length();
    return behind == folded.length()
        || !Character.isLetterOrDigit(folded.charAt(behind))
        || !Character.isLetterOrDigit(phrase.charAt(phrase.length() - 1));
  }

  private static Optional<Match> shape(String block, String folded) {
    if (block.length() > 250) {
      return Optional.empty();
    }
    String[] words = folded.split(" ");
    int networks = 0;
    int hashtags = 0;
    int separators = 0;
    int others = 0;
    for (String word : words) {
      String bare = core(word);
      if (word.length() > 1 && word.charAt(0) == '#' && Character.isLetter(word.charAt(1))) {
        hashtags++;
      } else if (NETWORKS.contains(bare)) {
        networks++;
      } else if (word.equals(">") || word.equals("›") || word.equals("»") || word.equals("/")) {
        separators++;
      } else if (!bare.isEmpty()) {
        others++;
      }
    }
    if (hashtags >= 2 && others == 0) {
      return Optional.of(new Match("tags", false));
    }
    if (networks >= 2 && others <= 1) {
      return Optional.of(new Match("share", false));
    }
    boolean arrows = block.indexOf('>') >= 0 || block.indexOf('›') >= 0;
    if (separators >= 2 && arrows && others <= 6 * (separators + 1) && !endsWithStop(block)) {
      return Optional.of(new Match("navigation", false));
    }
    return Optional.empty();
  }

  private static boolean endsWithStop(String block) {
    return ".!?…".indexOf(block.charAt(block.length() - 1)) >= 0;
  }

  /** Lower case, no accents, one kind of apostrophe, single spaces, one before a colon. */
  static String fold(String text) {
    String plain = Accents.folded(text.toLowerCase(Locale.ROOT));
    StringBuilder folded = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (Space.is(c)) {
        if (!folded.isEmpty() && folded.charAt(folded.length() - 1) != ' ') {
          folded.append(' ');
        }
      } else if (c == ':') {
        boolean spaced = folded.isEmpty() || folded.charAt(folded.length() - 1) == ' ';
        folded.append(spaced ? ":" : " :");
      } else if (c == '’' || c == 'ʼ') {
        folded.append('\'');
      } else if (c == '‑' || c == '‐') {
        folded.append('-');
      } else {
        folded.append(c);
      }
    }
    return folded.toString().strip();
  }

  /** Without the numbers and marks at both edges: {@code "3 commentaires »"}. */
  private static String core(String folded) {
    int start = 0;
    int end = folded.length();
    while (start < end && !Character.isLetter(folded.charAt(start))) {
      start++;
    }
    while (end > start && !Character.isLetter(folded.charAt(end - 1))) {
      end--;
    }
    return folded.substring(start, end);
  }

  private static BoilerplateCues load(String resource) {
    BoilerplateCues cues = new BoilerplateCues();
    try (InputStream in = BoilerplateCues.class.getResourceAsStream(resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        if (!line.isBlank() && !line.startsWith("#")) {
          cues.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
    return cues;
  }

  private void add(String line) {
    int bar = line.indexOf('|');
    String[] head = line.substring(0, bar).strip().split(" +");
    String phrase = line.substring(bar + 1).strip();
    if (head[1].equals("class")) {
      words
          .computeIfAbsent(head[0], category -> new HashSet<>())
          .addAll(List.of(phrase.split(" +")));
      return;
    }
    List<String> parts = head[1].equals("all") ? List.of(phrase.split(" \\+ ")) : List.of(phrase);
    Cue cue = new Cue(head[0], head[1], Integer.parseInt(head[2]), parts);
    if (cue.mode.equals("whole")) {
      whole.put(core(phrase), cue);
    } else if (cue.mode.equals("opens")) {
      opening.computeIfAbsent(firstWord(phrase), word -> new ArrayList<>()).add(cue);
    } else {
      holding.add(cue);
    }
  }
}
