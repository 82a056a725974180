package dev.verso.quote.check;

import dev.verso.language.Stems;
import dev.verso.quote.check.Finding.Severity;
import dev.verso.text.Accents;
import dev.verso.text.Language;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names: people as they are written, places, peoples and bodies by {@code names.tsv}, anything else
 * with a capital by the lexicon.
 */
final class NameComparison implements Comparison {

  private static final Set<String> TITLES =
      Set.of(
          "m",
          "m.",
          "mm",
          "mm.",
          "mme",
          "mlle",
          "dr",
          "dr.",
          "dre",
          "mr",
          "mr.",
          "mrs",
          "mrs.",
          "ms",
          "ms.",
          "monsieur",
          "madame",
          "i",
          "i'm",
          "professeur",
          "professor",
          "sir",
          "lord",
          "président",
          "president",
          "premier",
          "ministre",
          "minister",
          "sénateur",
          "senator",
          "etat",
          "état",
          "state",
          "senators",
          "bc",
          "bce",
          "ad",
          "ce",
          "ii",
          "iii",
          "internet",
          "web",
          "god",
          "dieu",
          "mp",
          "mps",
          "pm",
          "ok",
          "tv");

  /** A gazetteer: rows of words to the lines they stand on. */
  private static final class Gazetteer {
    final Map<String, List<Integer>> lines = new HashMap<>();
    int longest;

    void add(String name, int line) {
      StringBuilder keys = new StringBuilder();
      Side side = new Side(name, Language.FRENCH);
      for (Side.Token token : side.tokens) {
        keys.append(keys.isEmpty() ? "" : " ").append(token.key());
      }
      longest = Math.max(longest, side.size());
      lines.computeIfAbsent(keys.toString(), x -> new ArrayList<>()).add(line);
    }
  }

  private static final Gazetteer FRENCH = new Gazetteer();
  private static final Gazetteer ENGLISH = new Gazetteer();

  /** What each line is one of, such as a month; blank for a name of its own. */
  private static final List<String> KINDS = new ArrayList<>();

  private static final Set<String> ONLY_CAPITAL =
      Set.of(
          "mars",
          "manche",
          "ei",
          "pac",
          "orient",
          "march",
          "may",
          "us",
          "states",
          "west",
          "east",
          "pole",
          "poles",
          "turkey",
          "china",
          "congress",
          "cap",
          "sept",
          "dec",
          "mar",
          "un",
          "parlement",
          "channel",
          "house",
          "white",
          "etat",
          "florence",
          "cologne",
          "nice",
          "swede",
          "chili",
          "jordan",
          "georgia",
          "alger",
          "vienne",
          "rome",
          "occident",
          "alpes",
          "parliament",
          "senate",
          "sénat",
          "tours",
          "ue",
          "bm",
          "pse",
          "paul");

  static {
    int number = 0;
    for (String line : Resources.lines("names.tsv")) {
      String[] cells = line.split("\t");
      for (String name : cells[0].split(",")) {
        FRENCH.add(name, number);
      }
      for (String name : cells[1].split(",")) {
        ENGLISH.add(name, number);
      }
      KINDS.add(cells.length > 2 ? cells[2] : "");
      number++;
    }
  }

  /** A name in a text. */
  record Name(int from, int to, List<Integer> lines, boolean sure) {

    /** What it is one of, such as a month; blank for a name of its own. */
    String kind() {
      return lines.isEmpty() ? "" : KINDS.get(lines.get(0));
    }
  }

  static List<Name> in(Side side, int from, int to, Bridge bridge) {
    Gazetteer gazetteer = side.language == Language.FRENCH ? FRENCH : ENGLISH;
    List<Name> names = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Name known = known(side, i, to, gazetteer);
      if (known != null) {
        names.add(known);
        i = known.to - 1;
        continue;
      }
      Side.Token token = side.at(i);
      if (token.mark() || !token.isCapital() || TITLES.contains(token.key()) || !isName(token)) {
        continue;
      }
      boolean acronym =
          token.word().length() > 1 && token.word().equals(token.word().toUpperCase(Locale.ROOT));
      boolean unknown =
          side.language == Language.FRENCH
              ? !bridge.knowsFrench(token.stem())
              : !bridge.knowsEnglish(token.stem());
      boolean sure = !token.first() || acronym || unknown;
      if (!token.content()) {
        continue;
      }
      names.add(new Name(i, i + 1, List.of(), sure));
    }
    return names;
  }

  private static boolean isName(Side.Token token) {
    return token.word().length() > 1 && !token.key().endsWith("'");
  }

  private static Name known(Side side, int i, int to, Gazetteer gazetteer) {
    StringBuilder keys = new StringBuilder();
    Name found = null;
    for (int k = i; k < Math.min(to, i + gazetteer.longest); k++) {
      keys.append(keys.isEmpty() ? "" : " ").append(side.key(k));
      List<Integer> lines = gazetteer.lines.get(keys.toString());
      boolean capital = side.at(i).isCapital();
      if (lines != null
          && (capital || !ONLY_CAPITAL.contains(keys.toString()))
          && (capital || side.language == Language.FRENCH || keys.length() > 4)) {
        if (ONLY_CAPITAL.contains(keys.toString()) && side.at(i).first()) {
          continue;
        }
        found = new Name(i, k + 1, lines, true);
      }
    }
    return found;
  }

  @Override
  public void compare(Pair pair, CheckItem item, Evidence evidence) {
    Side french = pair.french;
    Side english = pair.english;
    women(pair, evidence);
    List<Name> all = in(french, 0, french.size(), pair.bridge);
    List<Name> lost = new ArrayList<>(in(french, pair.from, pair.to, pair.bridge));
    List<Name> invented = new ArrayList<>();
    for (Name e : in(english, 0, english.size(), pair.bridge)) {
      boolean matched = false;
      for (Name f : all) {
        if (same(french, english, f, e)) {
          lost.remove(f);
          matched = true;
        }
      }
      // An acronym of the French words, or words that the lexicon knows.
      matched |= !matched && supported(pair, e);
      if (!matched) {
        invented.add(e);
      }
    }
    lost.removeIf(f -> rendered(pair, f));
    for (Name e : invented) {
      String word = english.words(e.from, e.to);
      Name f = null;
      for (Name candidate : lost) {
        if (candidate.lines.isEmpty() == e.lines.isEmpty() || f == null) {
          f = candidate;
        }
      }
      String stem = english.at(e.from).stem();
      // What the lexicon translates by itself is a proper name.
      boolean proper =
          pair.bridge.forward(Stems.of(english.key(e.from), Language.FRENCH), stem) >= 0.4;
      boolean common = pair.bridge.knowsEnglish(stem) && e.lines.isEmpty() && !proper;
      boolean commonFrench =
          f != null && f.lines.isEmpty() && pair.bridge.knowsFrench(french.at(f.from).stem());
      double value =
          !e.sure ? 0.15 : f == null ? (common ? 0.15 : 0.4) : common && commonFrench ? 0.4 : 1;
      if (!e.lines.isEmpty() && f == null) {
        value = 0.8;
      }
      evidence.add(
          "name",
          value,
          f == null ? ErrorKind.ADDITION : ErrorKind.ENTITY,
          Severity.MAJOR,
          f == null ? null : french.span(f.from, f.to),
          english.span(e.from, e.to),
          f == null
              ? "The French doesn't name “" + word + "”."
              : "The French names “" + french.words(f.from, f.to) + "”, not “" + word + "”.");
    }
    for (Name f : lost) {
      if (invented.isEmpty() && f.sure) {
        evidence.add(
            "name",
            0.2,
            ErrorKind.OMISSION,
            Severity.MINOR,
            french.span(f.from, f.to),
            null,
            "“" + french.words(f.from, f.to) + "” is missing.");
      }
    }
  }

  /** A people's name in the feminine plural, <i>les Afghanes</i>, is of women. */
  private static void women(Pair pair, Evidence evidence) {
    for (int i = pair.from; i < pair.to; i++) {
      Side.Token token = pair.french.at(i);
      boolean feminine =
          token.isCapital()
              && token.key().matches(".{4,}(ennes|aines|aises|oises|anes|iennes|andes|olles|ques)")
              && FRENCH.lines.containsKey(token.key())
              && (FRENCH.lines.containsKey(token.key().replaceAll("es$", "s"))
                  || FRENCH.lines.containsKey(token.key().replaceAll("nes$", "s"))
                  || FRENCH.lines.containsKey(token.key().replaceAll("es$", "")));
      if (!feminine
          || Pair.has(
              pair.english,
              0,
              pair.english.size(),
              "women",
              "woman",
              "girls",
              "she",
              "her",
              "female")) {
        continue;
      }
      for (int j = 0; j < pair.english.size(); j++) {
        if (pair.english.key(j).matches("men|man|boys")) {
          evidence.add(
              "name",
              1,
              ErrorKind.ENTITY,
              Severity.MAJOR,
              pair.french.span(i, i + 1),
              pair.english.span(Math.max(0, j - 1), j + 1),
              "“" + token.word() + "” are women.");
        }
      }
    }
  }

  static boolean same(Side french, Side english, Name f, Name e) {
    for (int line : f.lines) {
      if (e.lines.contains(line)) {
        return true;
      }
    }
    if (!f.lines.isEmpty() && !e.lines.isEmpty()) {
      return false;
    }
    if (anagram(french.words(f.from, f.to), english.words(e.from, e.to))) {
      return true;
    }
    for (int i = f.from; i < f.to; i++) {
      for (int j = e.from; j < e.to; j++) {
        if (Pair.alike(french.at(i), english.at(j)) >= 0.72
            || loosely(french.key(i), english.key(j))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Acronyms of the same words in the other order: IST and STIs. */
  private static boolean anagram(String f, String e) {
    String b = e.endsWith("s") ? e.substring(0, e.length() - 1) : e;
    return f.length() >= 3
        && f.length() == b.length()
        && f.equals(f.toUpperCase(Locale.ROOT))
        && b.equals(b.toUpperCase(Locale.ROOT))
        && sorted(f).equals(sorted(b));
  }

  private static String sorted(String word) {
    char[] letters = word.toCharArray();
    Arrays.sort(letters);
    return new String(letters);
  }

  private static boolean loosely(String f, String e) {
    String a =
        Accents.folded(f)
            .replaceAll("[^a-z0-9]", "")
            .replace("ou", "u")
            .replace("tch", "ch")
            .replace("y", "i");
    String b =
        Accents.folded(e)
            .replaceAll("'s$", "")
            .replaceAll("[^a-z0-9]", "")
            .replace("ou", "u")
            .replace("tch", "ch")
            .replace("y", "i");
    if (a.length() < 4 || b.length() < 4) {
      return a.equals(b);
    }
    for (String part : Accents.folded(f).split("-")) {
      if (part.length() > 3 && part.equals(Accents.folded(e))) {
        return true;
      }
    }
    return a.startsWith(b)
        || b.startsWith(a)
        || 1 - (double) Pair.distance(a, b) / Math.max(a.length(), b.length()) >= 0.65;
  }

  private static boolean supported(Pair pair, Name e) {
    if (!e.lines.isEmpty()) {
      // A place or people of the list: only a French word that the lexicon ties to it will do.
      for (int j = e.from; j < e.to; j++) {
        boolean tied = !pair.english.at(j).content();
        for (int i = 0; i < pair.french.size() && !tied; i++) {
          String f = pair.french.at(i).stem();
          tied =
              pair.bridge.forward(f, pair.english.at(j).stem()) >= 0.1
                  && pair.bridge.backward(f, pair.english.at(j).stem()) >= 0.05;
        }
        if (!tied) {
          return false;
        }
      }
      return true;
    }
    for (int j = e.from; j < e.to; j++) {
      Side.Token token = pair.english.at(j);
      for (int i = 0; i < pair.french.size(); i++) {
        if (pair.french.at(i).mark()) {
          continue;
        }
        String f = pair.french.at(i).stem();
        if ((pair.bridge.forward(f, token.stem()) >= 0.1
                && pair.bridge.backward(f, token.stem()) >= 0.02)
            || Pair.alike(pair.french.at(i), token) > 0.6
            || loosely(pair.french.key(i), token.key())) {
          return true;
        }
      }
      if (pair.englishCover[j] >= 0.5 && pair.bridge.knowsEnglish(token.stem()) && token.first()) {
        return true;
      }
      String word = token.word();
      if (word.length() >= 2
          && word.length() <= 6
          && word.equals(word.toUpperCase(Locale.ROOT))
          && initials(pair.french, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean initials(Side side, String acronym) {
    StringBuilder initials = new StringBuilder();
    for (Side.Token token : side.tokens) {
      if (token.content() && !token.mark()) {
        initials.append(Character.toUpperCase(Accents.folded(token.key()).charAt(0)));
      }
    }
    for (int i = 0; i + acronym.length() <= initials.length(); i++) {
      String window = initials.substring(i, i + acronym.length());
      if (sorted(window).equals(sorted(acronym))) {
        return true;
      }
    }
    return false;
  }

  private static boolean rendered(Pair pair, Name f) {
    for (int i = f.from; i < f.to; i++) {
      if (pair.frenchCover[i] >= 0.4 && f.lines.isEmpty() && !f.sure) {
        return true;
      }
      for (int j = 0; j < pair.english.size(); j++) {
        String stem = pair.french.at(i).stem();
        if (!pair.english.at(j).mark()
            && (loosely(pair.french.key(i), pair.english.key(j))
                || (pair.bridge.forward(stem, pair.english.at(j).stem()) >= 0.15
                    && pair.bridge.backward(stem, pair.english.at(j).stem()) >= 0.02))) {
          return true;
        }
      }
    }
    return false;
  }
}
