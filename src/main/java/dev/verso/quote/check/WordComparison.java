package dev.verso.quote.check;

import dev.verso.language.Stems;
import dev.verso.quote.check.Finding.Severity;
import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Single words: false friends by {@code false-friends.tsv}, words that say the contrary by {@code
 * opposites.txt}, degrees by the scales in the lists of cues.
 */
final class WordComparison implements Comparison {

  private record Friend(Set<String> wrong, Set<String> right, int strength) {}

  /** A pair of opposite word sets. */
  record Opposites(ErrorKind kind, Set<String> one, Set<String> other) {}

  private static final Map<String, List<Friend>> FRIENDS = new HashMap<>();
  static final List<Opposites> OPPOSITES = new ArrayList<>();

  static {
    for (String line : Resources.lines("false-friends.tsv")) {
      String[] cells = line.split("\t");
      Friend friend = new Friend(set(cells[1]), set(cells[2]), Integer.parseInt(cells[3].strip()));
      for (String form : cells[0].split(" ")) {
        FRIENDS.computeIfAbsent(form, x -> new ArrayList<>()).add(friend);
      }
    }
    for (String line : Resources.lines("opposites.txt")) {
      int colon = line.indexOf(':');
      String[] sides = line.substring(colon + 1).split("\\|");
      ErrorKind kind =
          switch (line.substring(0, colon)) {
            case "entity" -> ErrorKind.ENTITY;
            case "number" -> ErrorKind.NUMBER;
            default -> ErrorKind.POLARITY_STRENGTH;
          };
      OPPOSITES.add(new Opposites(kind, set(sides[0]), set(sides[1])));
    }
  }

  private static Set<String> set(String words) {
    return new HashSet<>(Arrays.asList(words.strip().split(" +")));
  }

  @Override
  public void compare(Pair pair, CheckItem item, Evidence evidence) {
    friends(pair, evidence);
    opposites(pair, evidence);
    degrees(pair, evidence);
  }

  private static void friends(Pair pair, Evidence evidence) {
    Side french = pair.french;
    Side english = pair.english;
    for (int i = pair.from; i < pair.to; i++) {
      if (french.at(i).isCapital() && !french.at(i).first()) {
        continue;
      }
      if (french.key(i).startsWith("ancien") && i > pair.from && french.at(i - 1).content()) {
        continue; // after its noun it is "old"
      }
      for (Friend friend : FRIENDS.getOrDefault(french.key(i), List.of())) {
        boolean good = false;
        for (int j = 0; j < english.size(); j++) {
          good |=
              friend.right.contains(english.key(j))
                  && !friend.wrong.contains(english.key(j))
                  && pair.support[i][j] + pair.links[i][j] > 0.1;
        }
        for (int j = 0; j < english.size(); j++) {
          if (!friend.wrong.contains(english.key(j))) {
            continue;
          }
          if (otherwiseSupported(pair, i, j)) {
            continue;
          }
          boolean ownWrong = false;
          boolean ownRight = false;
          for (int h = 0; pair.own != null && h < pair.own.size(); h++) {
            ownWrong |= friend.wrong.contains(pair.own.key(h));
            ownRight |=
                friend.right.contains(pair.own.key(h)) && !friend.wrong.contains(pair.own.key(h));
          }
          double value = friend.strength == 2 ? 1 : 0.6;
          if (friend.right.contains(english.key(j)) || sharesStem(friend, english.at(j))) {
            value = 0.1;
          } else if (good) {
            value *= 0.2;
          } else if (friend.strength == 1) {
            value = ownWrong ? 0.3 : ownRight ? 1 : 0.6;
          }
          evidence.add(
              "friend",
              value,
              ErrorKind.FALSE_FRIEND,
              Severity.MAJOR,
              french.span(i, i + 1),
              english.span(j, j + 1),
              "“"
                  + french.words(i, i + 1)
                  + "” isn't “"
                  + english.words(j, j + 1)
                  + "” but “"
                  + String.join("”, “", firstRight(friend))
                  + "”.");
        }
      }
    }
  }

  private static boolean sharesStem(Friend friend, Side.Token token) {
    return friend.right.stream()
        .anyMatch(word -> Stems.of(word, Language.ENGLISH).equals(token.stem()));
  }

  private static List<String> firstRight(Friend friend) {
    return friend.right.stream().sorted().limit(3).toList();
  }

  /** Whether another French word corresponds to English word {@code j}. */
  private static boolean otherwiseSupported(Pair pair, int i, int j) {
    for (int k = pair.from; k < pair.to; k++) {
      if (k != i
          && pair.french.at(k).content()
          && !pair.french.at(k).stem().equals(pair.french.at(i).stem())
          && pair.bridge.score(pair.french.at(k).stem(), pair.english.at(j).stem()) >= 0.3) {
        return true;
      }
    }
    return false;
  }

  private static boolean denied(Side side, int at) {
    for (int k = Math.max(0, at - 4); k < at; k++) {
      if (!Cues.find(side, "negator", k, k + 1).isEmpty()
          || side.key(k).matches("un.*|without|hardly|less|least|fail.*|refus.*|stop.*")) {
        return true;
      }
    }
    return false;
  }

  private static void opposites(Pair pair, Evidence evidence) {
    Side english = pair.english;
    double inverted = CoverageComparison.discordance(pair);
    for (int j = 0; j < english.size(); j++) {
      String key = english.key(j);
      if (english.at(j).isCapital() && !english.at(j).first()) {
        continue;
      }
      for (Opposites pairOf : OPPOSITES) {
        boolean one = pairOf.one.contains(key);
        if (!one && !pairOf.other.contains(key)) {
          continue;
        }
        Set<String> same = one ? pairOf.one : pairOf.other;
        Set<String> contrary = one ? pairOf.other : pairOf.one;
        boolean both = false;
        for (int k = 0; k < english.size(); k++) {
          both |= contrary.contains(english.key(k));
        }
        if (both) {
          continue;
        }
        boolean ownSame = false;
        int ownContrary = -1;
        for (int h = 0; pair.own != null && h < pair.own.size(); h++) {
          ownSame |= same.contains(pair.own.key(h));
          if (contrary.contains(pair.own.key(h))) {
            ownContrary = h;
          }
        }
        double forKey = 0;
        double forContrary = 0;
        int at = -1;
        for (int i = pair.from; i < pair.to; i++) {
          Side.Token f = pair.french.at(i);
          if (f.mark()) {
            continue;
          }
          for (String word : same) {
            forKey = Math.max(forKey, precise(pair, f, word));
          }
          for (String word : contrary) {
            double score = precise(pair, f, word);
            if (score > forContrary) {
              forContrary = score;
              at = i;
            }
          }
        }
        if (ownSame || forKey >= 0.12) {
          continue;
        }
        double value = 0;
        if (ownContrary >= 0 && forContrary >= 0.1) {
          value = 1;
        } else if (ownContrary >= 0) {
          value = 0.6;
        } else if (forContrary >= 0.3) {
          value = 0.6;
        }
        if (value == 0) {
          continue;
        }
        boolean parity = denied(english, j) != (ownContrary >= 0 && denied(pair.own, ownContrary));
        if (parity) {
          value *= 0.3;
        }
        if (!english.at(j).content() || key.length() <= 3) {
          value *= 0.6;
        }
        if (inverted > 0.4) {
          value *= 0.3;
        }
        TextSpan source = at < 0 ? null : pair.french.span(at, at + 1);
        String meant =
            ownContrary >= 0 ? pair.own.words(ownContrary, ownContrary + 1) : "the contrary";
        evidence.add(
            "opposite",
            value,
            pairOf.kind,
            Severity.MAJOR,
            source,
            english.span(j, j + 1),
            source == null
                ? "“"
                    + english.words(j, j + 1)
                    + "” is about the contrary of what the French says ("
                    + meant
                    + ")."
                : "“"
                    + source.of(pair.french.text)
                    + "” doesn't say “"
                    + english.words(j, j + 1)
                    + "”; it says about “"
                    + meant
                    + "”.");
      }
    }
  }

  private static double precise(Pair pair, Side.Token french, String english) {
    String stem = Stems.of(english, Language.ENGLISH);
    double f = pair.bridge.forward(french.stem(), stem);
    double b = pair.bridge.backward(french.stem(), stem);
    return Math.max(Math.sqrt(f * b), Math.min(f, 3 * b));
  }

  private static void degrees(Pair pair, Evidence evidence) {
    Side french = pair.french;
    Side english = pair.english;
    int n = english.size();
    List<Cues.Hit> low = Cues.find(french, "degree1", pair.from, pair.to);
    List<Cues.Hit> high = new ArrayList<>();
    for (String scale : List.of("degree3", "degree4")) {
      for (Cues.Hit hit : Cues.find(french, scale, pair.from, pair.to)) {
        String word = french.words(hit.from(), hit.to()).toLowerCase(Locale.ROOT);
        if (word.length() > 4
            && !word.matches(
                "toute?s?|notamment|surtout|vraiment|particulièrement|nombreu.*|principal.*|majeur.*|essentiellement|largement|tout à fait")) {
          high.add(hit);
        }
      }
    }
    List<Cues.Hit> weak = Cues.find(english, "degree1");
    boolean strong = Cues.any(english, "degree3", 0, n) || Cues.any(english, "degree4", 0, n);
    if (!high.isEmpty()
        && !weak.isEmpty()
        && low.isEmpty()
        && !Cues.any(french, "degree2", pair.from, pair.to)) {
      Cues.Hit f = high.get(0);
      Cues.Hit e = weak.get(0);
      evidence.add(
          "degree",
          1,
          ErrorKind.POLARITY_STRENGTH,
          Severity.MINOR,
          french.span(f.from(), f.to()),
          english.span(e.from(), e.to()),
          "“"
              + french.words(f.from(), f.to())
              + "” is much stronger than “"
              + english.words(e.from(), e.to())
              + "”.");
    } else if (!low.isEmpty()
        && weak.isEmpty()
        && strong
        && high.isEmpty()
        && !Cues.any(french, "negprefix", pair.from, pair.to)) {
      Cues.Hit f = low.get(0);
      List<Cues.Hit> hits = Cues.find(english, "degree3");
      hits.addAll(Cues.find(english, "degree4"));
      Cues.Hit e = hits.get(0);
      boolean little = french.key(f.from()).equals("peu");
      evidence.add(
          "degree",
          little ? 0.3 : 0.7,
          ErrorKind.POLARITY_STRENGTH,
          Severity.MINOR,
          french.span(f.from(), f.to()),
          english.span(e.from(), e.to()),
          "“"
              + french.words(f.from(), f.to())
              + "” is weaker than “"
              + english.words(e.from(), e.to())
              + "”.");
    } else if (weak.size() > 0
        && low.isEmpty()
        && high.isEmpty()
        && !Cues.any(french, "degree2", pair.from, pair.to)
        && !french.text.toLowerCase(Locale.ROOT).contains("peu")) {
      Cues.Hit e = weak.get(0);
      String word = english.words(e.from(), e.to());
      if (pair.englishCover[e.from()] < 0.3 && !word.matches("(?i)minor|modest.*|moderate.*")) {
        evidence.add(
            "degree",
            0.25,
            ErrorKind.POLARITY_STRENGTH,
            Severity.MINOR,
            null,
            english.span(e.from(), e.to()),
            "The French doesn't say “" + word + "”.");
      }
    }
    frequency(pair, evidence);
  }

  private static void frequency(Pair pair, Evidence evidence) {
    Side french = pair.french;
    Side english = pair.english;
    List<Cues.Hit> always = Cues.find(english, "always!");
    if (!always.isEmpty() && !Cues.any(french, "always", pair.from, pair.to)) {
      Cues.Hit e = always.get(0);
      List<Cues.Hit> often = Cues.find(french, "often", pair.from, pair.to);
      List<Cues.Hit> some = Cues.find(french, "sometimes", pair.from, pair.to);
      List<Cues.Hit> f = often.isEmpty() ? some : often;
      boolean never = Cues.any(french, "negator", pair.from, pair.to);
      evidence.add(
          "degree",
          f.isEmpty() ? (never ? 0.3 : 0.6) : 0.9,
          ErrorKind.POLARITY_STRENGTH,
          Severity.MAJOR,
          f.isEmpty() ? null : french.span(f.get(0).from(), f.get(0).to()),
          english.span(e.from(), e.to()),
          "The French doesn't say “" + english.words(e.from(), e.to()) + "”.");
    }
    List<Cues.Hit> never = Cues.find(english, "never");
    if (!never.isEmpty()
        && !Pair.has(
            french, pair.from, pair.to, "jamais", "aucun", "aucune", "nul", "plus", "rien",
            "onques", "guère")
        && Cues.any(french, "negator", pair.from, pair.to)) {
      Cues.Hit e = never.get(0);
      evidence.add(
          "degree",
          0.3,
          ErrorKind.POLARITY_STRENGTH,
          Severity.MINOR,
          null,
          english.span(e.from(), e.to()),
          "The French says “not”, not “never”.");
    }
    List<Cues.Hit> only = Cues.find(english, "only");
    if (!only.isEmpty()
        && pair.englishCover[only.get(0).from()] < 0.3
        && !Cues.any(french, "only", pair.from, pair.to)
        && !Pair.has(french, pair.from, pair.to, "ne", "n'", "unique", "uniques", "peine")) {
      Cues.Hit e = only.get(0);
      evidence.add(
          "excess",
          0.6,
          ErrorKind.ADDITION,
          Severity.MINOR,
          null,
          english.span(e.from(), e.to()),
          "The French doesn't say “" + english.words(e.from(), e.to()) + "”.");
    }
  }
}
