package dev.verso.quote.check;

import dev.verso.quote.Quote;
import dev.verso.quote.check.Finding.Severity;
import dev.verso.text.Accents;
import dev.verso.text.Document;
import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether who is said to have spoken is who speaks in the article. Only two different names tell
 * two persons apart for sure; a role is the person's if the article ties both; what is neither is
 * said in a line of its own and turns no verdict. Stateless.
 */
final class SpeakerComparison {

  private static final double SURE = 0.95;

  /** Units around a person's name in which the article may give the role. */
  private static final int NEAR = 60;

  /** Mentions of a name that are looked at. */
  private static final int MOST_MENTIONS = 50;

  private static final double ALIKE = 0.7;
  private static final double TRANSLATED = 0.3;

  private static final List<List<Set<String>>> ROLES = roles();

  /**
   * What was found.
   *
   * @param other that another one speaks, if that is sure
   * @param note what is not sure, a sentence, or empty
   */
  record Outcome(Optional<Finding> other, String note) {
    static final Outcome SAME = new Outcome(Optional.empty(), "");
  }

  private SpeakerComparison() {}

  private static List<List<Set<String>>> roles() {
    List<List<Set<String>>> roles = new ArrayList<>();
    for (String line : Resources.lines("roles.tsv")) {
      String[] cells = line.split("\t");
      roles.add(List.of(Set.of(cells[0].split(",")), Set.of(cells[1].split(","))));
    }
    return List.copyOf(roles);
  }

  /**
   * Compares.
   *
   * @param speaker who is said to have spoken, in English
   * @param quote what the article has of the passage
   */
  static Outcome compare(String speaker, Quote quote, Document article) {
    String said = quote.speakerName();
    String coref = quote.speakerCoref() == null ? "" : article.visible(quote.speakerCoref());
    String mention = quote.speaker() == null ? "" : article.visible(quote.speaker());
    String full = names(said).size() >= names(coref).size() ? said : coref;
    List<String> given = names(speaker);
    List<String> theirs = names(full);
    boolean shares = shares(speaker, said + " " + coref + " " + mention);
    if (!given.isEmpty() && !theirs.isEmpty()) {
      boolean same =
          shares
              && !(given.size() > 1
                  && theirs.size() > 1
                  && !alike(given.get(0), theirs.get(0))
                  && alike(given.get(given.size() - 1), theirs.get(theirs.size() - 1)));
      return same ? Outcome.SAME : other(speaker, said, quote);
    }
    if (shares || isTied(speaker, full, mention, article)) {
      return Outcome.SAME;
    }
    return new Outcome(
        Optional.empty(),
        "The article gives this to " + said + "; whether that is " + speaker + " is not certain.");
  }

  private static Outcome other(String speaker, String said, Quote quote) {
    TextSpan source = quote.speaker() == null ? quote.extent() : quote.speaker();
    return new Outcome(
        Optional.of(
            new Finding(
                ErrorKind.WRONG_ATTRIBUTION,
                Severity.MAJOR,
                source,
                null,
                "In the article " + said + " says this, not " + speaker + ".",
                SURE)),
        "");
  }

  /** The words of a text with a capital, but for its first if it is an article or a title. */
  private static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    Set<String> titles =
        Set.of("m", "mme", "mlle", "me", "mr", "mrs", "ms", "dr", "the", "le", "la");
    for (String word : text.split("[\\s\u00A0]+")) {
      String bare = word.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
      boolean acronym = bare.length() < 4 && bare.equals(bare.toUpperCase(Locale.ROOT));
      if (!bare.isEmpty()
          && !acronym
          && Character.isUpperCase(bare.codePointAt(0))
          && !titles.contains(bare.toLowerCase(Locale.ROOT))) {
        names.add(bare);
      }
    }
    return names;
  }

  /** Whether the article gives a person the role, right beside a mention. */
  private static boolean isTied(String role, String name, String mention, Document article) {
    Set<String> french = french(role);
    if (french.isEmpty()) {
      return false;
    }
    if (holds(mention, french)) {
      return true;
    }
    List<String> names = names(name);
    if (names.isEmpty()) {
      return holds(name, french);
    }
    String last = names.get(names.size() - 1);
    String text = article.visible(new TextSpan(0, article.text().length()));
    int at = text.indexOf(last);
    for (int n = 0; at >= 0 && n < MOST_MENTIONS; n++) {
      int from = Math.max(0, at - NEAR);
      int to = Math.min(text.length(), at + last.length() + NEAR);
      String before = text.substring(from, at);
      String after = text.substring(at + last.length(), to);
      // "la députée Marine Delpierre", "Marine Delpierre, députée": not across a sentence.
      before = before.substring(Math.max(before.lastIndexOf(','), before.lastIndexOf('.')) + 1);
      boolean apposed = after.startsWith(",") || after.startsWith(" (");
      after = apposed ? after.substring(1).split("[,.;)»]", 2)[0] : "";
      if (holds(before, french) || holds(after, french)) {
        return true;
      }
      at = text.indexOf(last, at + 1);
    }
    return false;
  }

  /** French words for the role that an English description names. */
  private static Set<String> french(String role) {
    String words = " " + role.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}-]+", " ") + " ";
    Set<String> french = new HashSet<>();
    for (List<Set<String>> one : ROLES) {
      for (String form : one.get(1)) {
        if (words.contains(" " + form + " ")) {
          french.addAll(one.get(0));
        }
      }
    }
    return french;
  }

  private static boolean holds(String text, Set<String> forms) {
    String words = " " + text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}-]+", " ") + " ";
    return forms.stream().anyMatch(form -> words.contains(" " + form + " "));
  }

  private static boolean alike(String one, String other) {
    String a = Accents.folded(one).toLowerCase(Locale.ROOT);
    String b = Accents.folded(other).toLowerCase(Locale.ROOT);
    Side french = new Side(b, Language.FRENCH);
    Side english = new Side(a, Language.ENGLISH);
    boolean initial = a.length() == 1 || b.length() == 1;
    return a.equals(b)
        || (initial && a.charAt(0) == b.charAt(0))
        || (french.size() > 0
            && english.size() > 0
            && Pair.alike(french.at(0), english.at(0)) >= ALIKE);
  }

  /** Whether two descriptions share a word, or one that translates it. */
  private static boolean shares(String one, String other) {
    Side french = new Side(other, Language.FRENCH);
    Side english = new Side(one, Language.ENGLISH);
    for (Side.Token e : english.tokens) {
      for (Side.Token f : french.tokens) {
        if (!e.mark()
            && !f.mark()
            && e.content()
            && f.content()
            && (fold(e).equals(fold(f))
                || Pair.alike(f, e) >= ALIKE
                || Bridge.shipped().score(f.stem(), e.stem()) >= TRANSLATED)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String fold(Side.Token token) {
    return Accents.folded(token.key()).toLowerCase(Locale.ROOT);
  }
}
