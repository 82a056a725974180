package dev.verso.quote.check;

import dev.verso.language.NumberWords;
import dev.verso.text.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A figure in a text: its value, what compares it, where it stands.
 *
 * @param value the value; a percentage or ratio as a fraction of 1
 * @param share whether it is a percentage, a fraction or "n out of m"
 * @param clock whether it is a time of day, in hours
 * @param digits whether it is written in digits or holds a magnitude: not a word like <i>two</i>
 * @param vague whether it only gives an order of magnitude (dozens, hundreds), or the half of the
 *     day is not said
 * @param bound what compares it
 * @param from its first word
 * @param to the word after its last
 */
record Quantity(
    double value,
    boolean share,
    boolean clock,
    boolean digits,
    boolean vague,
    Bound bound,
    int from,
    int to) {

  /** What is said of a figure. */
  enum Bound {
    NONE,
    AT_LEAST,
    AT_MOST,
    ABOUT
  }

  private static final Map<String, Double> FRENCH = new HashMap<>();
  private static final Map<String, Double> ENGLISH = new HashMap<>();
  private static final Map<String, Double> FRENCH_UNITS = new HashMap<>();
  private static final Map<String, Double> ENGLISH_UNITS = new HashMap<>();
  private static final Set<String> FRENCH_VAGUE =
      Set.of(
          "dizaine",
          "dizaines",
          "douzaine",
          "douzaines",
          "vingtaine",
          "trentaine",
          "quarantaine",
          "cinquantaine",
          "soixantaine",
          "centaine",
          "centaines",
          "millier",
          "milliers",
          "quinzaine");

  static {
    NumberWords.of(Language.FRENCH).forEach((word, value) -> FRENCH.put(word, (double) value));
    NumberWords.of(Language.ENGLISH).forEach((word, value) -> ENGLISH.put(word, (double) value));
    words(
        FRENCH,
        "quatre-vingt 80 cents 100 dizaine 10 dizaines 10"
            + " douzaine 12 douzaines 12 quinzaine 15 vingtaine 20 trentaine 30 quarantaine 40"
            + " cinquantaine 50 soixantaine 60 centaine 100 centaines 100 millier 1000 milliers 1000");
    words(
        ENGLISH,
        "dozen 12 dozens 10 tens 10 score 20 hundred 100 hundreds 100 thousand 1000 thousands 1000");
    words(
        FRENCH_UNITS,
        "mille 1000 million 1e6 millions 1e6 milliard 1e9 milliards 1e9 billion 1e12"
            + " billions 1e12 milliers 1000 millier 1000 cents 100 cent 100 md 1e9 mds 1e9");
    words(
        ENGLISH_UNITS,
        "thousand 1000 thousands 1000 million 1e6 millions 1e6 billion 1e9 billions"
            + " 1e9 trillion 1e12 trillions 1e12 hundred 100 hundreds 100 bn 1e9 m 1e6 mn 1e6 tn 1e12 k"
            + " 1000 dozen 12");
  }

  private static void words(Map<String, Double> into, String list) {
    String[] parts = list.split(" ");
    for (int k = 0; k < parts.length; k += 2) {
      into.put(parts[k], Double.parseDouble(parts[k + 1]));
    }
  }

  /** The figures of words {@code [from, to)}. */
  static List<Quantity> in(Side side, int from, int to) {
    boolean french = side.language == Language.FRENCH;
    List<Quantity> found = new ArrayList<>();
    for (int i = from; i < to; ) {
      Quantity quantity = french ? clockInFrench(side, i, to) : clockInEnglish(side, i, to);
      quantity = quantity == null ? at(side, i, to, french) : quantity;
      if (quantity == null) {
        i++;
        continue;
      }
      found.add(bounded(side, quantity, from, to));
      i = quantity.to;
    }
    return found;
  }

  private static final Pattern HOUR = Pattern.compile("(\\d{1,2})h(\\d\\d)?");
  private static final Pattern TIME = Pattern.compile("(\\d{1,2})[:.](\\d\\d)(am|pm)?");

  /** {@code 17 h 30}, {@code 17h}, {@code dix-sept heures trente}. */
  private static Quantity clockInFrench(Side side, int i, int to) {
    Matcher glued = HOUR.matcher(side.key(i));
    if (glued.matches()) {
      double minutes = glued.group(2) == null ? 0 : Double.parseDouble(glued.group(2));
      return clock(Double.parseDouble(glued.group(1)), minutes, false, i, i + 1);
    }
    Double hour = hour(side.key(i), FRENCH, 24);
    String mark = side.key(i + 1);
    if (hour == null || i + 1 >= to) {
      return null;
    }
    Matcher letter = HOUR.matcher(side.key(i) + mark);
    if (letter.matches() && letter.group(2) != null) {
      return clock(hour, Double.parseDouble(letter.group(2)), false, i, i + 2);
    }
    boolean spelled = mark.equals("heures") || mark.equals("heure");
    if (!mark.equals("h") && !spelled) {
      return null;
    }
    Double minute = i + 2 < to ? hour(side.key(i + 2), FRENCH, 60) : null;
    boolean at = side.key(i - 1).matches("à|vers|dès|avant|après|jusqu'à|est|était|sera");
    if (minute == null && !at && !(mark.equals("h") && hour > 12)) {
      return null; // "trois heures" is a time that passes, too
    }
    return clock(hour, minute == null ? 0 : minute, false, i, minute == null ? i + 2 : i + 3);
  }

  /** {@code 5:30 pm}, {@code 5 p.m.}, {@code 17:30}. */
  private static Quantity clockInEnglish(Side side, int i, int to) {
    Double hour = hour(side.key(i), ENGLISH, 24);
    double minutes = 0;
    int end = i + 1;
    Matcher glued = TIME.matcher(side.key(i));
    if (glued.matches()) {
      hour = Double.parseDouble(glued.group(1));
      minutes = Double.parseDouble(glued.group(2));
    } else if (hour != null && side.key(i + 1).equals(":") && end + 1 < to) {
      Double minute = hour(side.key(i + 2), ENGLISH, 60);
      if (minute == null) {
        return null;
      }
      minutes = minute;
      end = i + 3;
    } else {
      glued = null;
    }
    if (hour == null || hour > 24) {
      return null;
    }
    String half = side.key(end).replace(".", "");
    boolean said = half.equals("pm") || half.equals("am");
    boolean oclock = half.equals("o'clock") || half.equals("o’clock");
    if (glued == null && !said && !oclock) {
      return null;
    }
    if (glued != null && side.key(i).indexOf('.') > 0 && !said) {
      return null; // a decimal
    }
    double hours =
        half.equals("pm") && hour < 12 ? hour + 12 : half.equals("am") && hour == 12 ? 0 : hour;
    int to2 = said || oclock ? end + 1 : end;
    if (said && side.key(to2).equals(".") && side.key(end).length() > 2) {
      to2++;
    }
    return clock(hours, minutes, !said && hours <= 12, i, Math.min(to2, to));
  }

  private static Double hour(String key, Map<String, Double> words, int most) {
    Double value = key.matches("\\d{1,2}") ? Double.valueOf(key) : words.get(key);
    return value != null && value <= most ? value : null;
  }

  private static Quantity clock(double hours, double minutes, boolean half, int from, int to) {
    return new Quantity(hours + minutes / 60, false, true, true, half, Bound.NONE, from, to);
  }

  private static Quantity at(Side side, int i, int to, boolean french) {
    Map<String, Double> words = french ? FRENCH : ENGLISH;
    Map<String, Double> units = french ? FRENCH_UNITS : ENGLISH_UNITS;
    String key = side.key(i);
    Double value = null;
    int end = i + 1;
    boolean digits = false;
    boolean vague = french && FRENCH_VAGUE.contains(key);
    Glued written = glued(side, i, french);
    Parsed glued = written == null ? null : written.parsed;
    if (glued != null) {
      value = glued.value;
      digits = true;
      end = written.end;
      if (glued.decade) {
        value = decade(value);
      }
    } else if (french && key.equals("années") && parse(side.key(i + 1), true) != null) {
      return new Quantity(
          decade(parse(side.key(i + 1), true).value),
          false,
          false,
          true,
          false,
          Bound.NONE,
          i,
          i + 2);
    } else if (key.equals(french ? "moitié" : "half") && !side.key(i + 1).equals("past")) {
      Double unit = french ? null : units.get(skip(side, i + 1, "a", "an"));
      if (unit != null) {
        return new Quantity(
            unit / 2,
            false,
            false,
            true,
            false,
            Bound.NONE,
            i,
            side.key(i + 1).equals("a") ? i + 3 : i + 2);
      }
      return new Quantity(0.5, true, false, false, false, Bound.NONE, i, i + 1);
    } else if (key.matches(french ? "une?" : "one")) {
      return oneOf(side, i, to, words, french);
    } else if (words.containsKey(key)) {
      value = words.get(key);
      vague |=
          !french && Set.of("dozens", "hundreds", "thousands", "tens", "millions").contains(key);
    } else if (units.containsKey(key) && units.get(key) >= 100 && key.length() > 2) {
      // "millions of", "a billion", "un milliard".
      value = units.get(key);
      digits = true;
      vague = key.endsWith("s");
    } else {
      return null;
    }
    int start = i;
    // Magnitudes and compounds: 1,5 million, deux cent mille, two hundred and fifty.
    double total = 0;
    double current = value;
    while (end < to) {
      String next = side.key(end);
      if (units.containsKey(next) && !(french && next.equals("cent") && current >= 100)) {
        if (next.length() <= 2 && !digits) {
          break;
        }
        if (units.get(next) >= 1000) {
          current += total;
          total = 0;
        }
        current *= units.get(next);
        digits |= units.get(next) >= 1000;
        end++;
      } else if (words.containsKey(next)
          && current >= 100
          && words.get(next) < current
          && !digits) {
        total += current;
        current = words.get(next);
        end++;
      } else if ((next.equals("and") || next.equals("et"))
          && current >= 100
          && !digits
          && words.containsKey(side.key(end + 1))
          && words.get(side.key(end + 1)) < 100
          && current % 100 == 0) {
        total += current;
        current = words.get(side.key(end + 1));
        end += 2;
      } else {
        break;
      }
    }
    double all = total + current;
    digits |= all >= 100 && !vague;
    // Shares: 70 %, 80 per cent, seven in ten, quatre sur cinq, two thirds.
    String next = side.key(end);
    if (next.equals("%")
        || next.equals("percent")
        || next.equals("pourcent")
        || next.equals("pc")) {
      return new Quantity(all / 100, true, false, true, false, Bound.NONE, start, end + 1);
    }
    if ((next.equals("per") && side.key(end + 1).equals("cent"))
        || (next.equals("pour") && side.key(end + 1).equals("cent"))) {
      return new Quantity(all / 100, true, false, true, false, Bound.NONE, start, end + 2);
    }
    double divisor = divisor(next);
    if (divisor > 0 && all < divisor && !digits) {
      return new Quantity(all / divisor, true, false, false, false, Bound.NONE, start, end + 1);
    }
    int of = end;
    if (french && !digits && !next.equals("sur")) {
      // "quatre cas de syphilis sur cinq".
      for (int k = end; k < Math.min(to - 1, end + 5); k++) {
        Double whole = side.key(k).equals("sur") ? words.get(side.key(k + 1)) : null;
        if (whole != null && all < whole && whole <= 100) {
          return new Quantity(all / whole, true, false, true, false, Bound.NONE, start, k + 2);
        }
      }
    }
    if (french
        ? next.equals("sur")
        : next.equals("in") || (next.equals("out") && side.key(end + 1).equals("of"))) {
      of = next.equals("out") ? end + 2 : end + 1;
      if (!french && side.key(of).equals("every")) {
        of++;
      }
      Double whole = words.get(side.key(of));
      if (whole == null) {
        Parsed parsed = parse(side.key(of), french);
        whole = parsed == null ? null : parsed.value;
      }
      if (whole != null
          && whole <= 1000
          && all < whole
          && !(digits && !french && next.equals("in"))) {
        return new Quantity(all / whole, true, false, true, false, Bound.NONE, start, of + 1);
      }
    }
    if (!french && all <= 12 && (next.equals("pm") || next.equals("p.m.") || next.equals("p.m"))) {
      return new Quantity(
          all < 12 ? all + 12 : all, false, false, true, false, Bound.NONE, start, end + 1);
    }
    return new Quantity(all, false, false, digits, vague, Bound.NONE, start, end);
  }

  /** {@code un sur cinq}, {@code un Français sur cinq}, {@code one in five}. */
  private static Quantity oneOf(
      Side side, int i, int to, Map<String, Double> words, boolean french) {
    for (int k = i + 1; k < Math.min(to - 1, i + 5); k++) {
      boolean of = french ? side.key(k).equals("sur") : side.key(k).matches("in|of");
      Double whole = of ? words.get(side.key(k + 1)) : null;
      if (whole == null && of && side.key(k + 1).matches("\\d{1,3}")) {
        whole = Double.valueOf(side.key(k + 1));
      }
      if (whole != null && whole > 1 && whole <= 100) {
        return new Quantity(1 / whole, true, false, true, false, Bound.NONE, i, k + 2);
      }
    }
    return null;
  }

  private static String skip(Side side, int i, String... articles) {
    for (String article : articles) {
      if (side.key(i).equals(article)) {
        return side.key(i + 1);
      }
    }
    return side.key(i);
  }

  private static double divisor(String word) {
    return switch (word) {
      case "tiers", "third", "thirds" -> 3;
      case "quart", "quarts", "quarter", "quarters" -> 4;
      case "cinquième", "cinquièmes", "fifth", "fifths" -> 5;
      case "dixième", "dixièmes", "tenth", "tenths" -> 10;
      default -> 0;
    };
  }

  private static double decade(double value) {
    return value < 100 ? 1900 + value : value;
  }

  private record Parsed(double value, boolean decade) {}

  private record Glued(Parsed parsed, int end) {}

  private static final Pattern DIGITS =
      Pattern.compile(
          "(?:\\d{1,3}(?:[ \u00a0\u202f]\\d{3})+(?!\\d)|\\d+)(?:[.,]\\d+)*+(?:\\p{L}{1,3}(?!\\p{L})|'s(?!\\p{L}))?");

  /** The number in digits that begins with word {@code i}, its magnitude letters included. */
  private static Glued glued(Side side, int i, boolean french) {
    Side.Token token = side.at(i);
    if (!token.isDigits()) {
      return null;
    }
    Matcher matcher = DIGITS.matcher(side.text);
    matcher.region(token.start(), side.text.length());
    if (!matcher.lookingAt()) {
      return null;
    }
    Parsed parsed = parse(matcher.group().toLowerCase(Locale.ROOT), french);
    if (parsed == null) {
      return null;
    }
    int end = i + 1;
    while (end < side.size() && side.at(end).start() < matcher.end()) {
      end++;
    }
    return new Glued(parsed, end);
  }

  /** A token that starts with a digit: 1,5 · 12 000 · 1.5m · 1960s · 2nd. */
  private static Parsed parse(String key, boolean french) {
    if (key.isEmpty() || !Character.isDigit(key.charAt(0))) {
      return null;
    }
    int end = 0;
    while (end < key.length() && "0123456789.,\u00a0\u202f ".indexOf(key.charAt(end)) >= 0) {
      end++;
    }
    String number = key.substring(0, end);
    String suffix = key.substring(end).toLowerCase(Locale.ROOT);
    double factor =
        switch (suffix) {
          case "", "st", "nd", "rd", "th", "s", "'s", "e", "er", "re", "ème", "ième", "h" -> 1;
          case "m", "mn" -> 1e6;
          case "bn", "b", "md", "mds" -> 1e9;
          case "tn" -> 1e12;
          case "k" -> 1e3;
          default -> 0;
        };
    if (factor == 0) {
      return null;
    }
    String plain = number.replaceAll("[\u00a0\u202f ]", "");
    char decimal = french ? ',' : '.';
    char group = french ? '.' : ',';
    int at = plain.lastIndexOf(group);
    if (at >= 0 && plain.length() - at - 1 != 3) {
      // 7.25 in French, 1,5 in English: the other's mark.
      plain = plain.replace(decimal, '\0').replace(group, '.').replace("\0", "");
    } else {
      plain = plain.replace(String.valueOf(group), "").replace(decimal, '.');
    }
    while (plain.endsWith(".")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    try {
      return new Parsed(
          Double.parseDouble(plain) * factor, suffix.equals("s") || suffix.equals("'s"));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Quantity bounded(Side side, Quantity q, int from, int to) {
    int left = Math.max(from, q.from - 4);
    int right = Math.min(to, q.to + 4);
    Bound bound = Bound.NONE;
    int nearest = Integer.MAX_VALUE;
    String[] names = {"atleast", "atmost", "approx"};
    Bound[] bounds = {Bound.AT_LEAST, Bound.AT_MOST, Bound.ABOUT};
    for (int k = 0; k < names.length; k++) {
      for (Cues.Hit hit : Cues.find(side, names[k], left, right)) {
        boolean before = hit.to() <= q.from;
        boolean behind = hit.from() >= q.to;
        if (!before && !behind) {
          continue;
        }
        boolean last = hit.to() >= side.size() || side.at(hit.to()).mark();
        if (behind
            && (!behindWords(side, hit)
                || (!last && hit.to() - hit.from() < 2)
                || (!last && side.language == Language.FRENCH))) {
          continue;
        }
        int distance = before ? q.from - hit.to() : hit.from() - q.to + 1;
        if (side.words(Math.min(hit.from(), q.from), Math.max(hit.to(), q.to))
            .matches("(?s).*[;:].*")) {
          continue;
        }
        // "moins de" counts only right before its figure; "under article 36" bounds nothing.
        if (before && !gap(side, hit.to(), q.from)) {
          continue;
        }
        if (before
            && side.words(hit.from(), hit.to()).equalsIgnoreCase("over")
            && side.key(q.from - 1).matches("past|last|next")) {
          continue;
        }
        if (distance < nearest || (distance == nearest && hit.to() - hit.from() > 1)) {
          nearest = distance;
          bound = bounds[k];
        }
      }
    }
    return new Quantity(q.value, q.share, q.clock, q.digits, q.vague, bound, q.from, q.to);
  }

  private static boolean gap(Side side, int from, int to) {
    for (int k = from; k < to; k++) {
      if (!side.key(k).matches("a|an|\\$|€|£|de|d'|les|des|l'|à|of|us")) {
        return false;
      }
    }
    return true;
  }

  private static boolean behindWords(Side side, Cues.Hit hit) {
    String words = side.words(hit.from(), hit.to()).toLowerCase(Locale.ROOT);
    return Set.of(
            "or more",
            "or less",
            "or over",
            "or under",
            "or fewer",
            "or so",
            "and over",
            "and up",
            "or older",
            "minimum",
            "au moins",
            "au minimum",
            "au plus",
            "au maximum",
            "maximum",
            "plus",
            "at least",
            "at most",
            "environ",
            "or younger",
            "onwards",
            "upwards")
        .contains(words);
  }

  /** Whether two figures say the same. */
  boolean sameAs(Quantity other) {
    if (clock && other.clock) {
      return close(value, other.value)
          || ((vague || other.vague) && close(Math.abs(value - other.value), 12));
    }
    if (clock != other.clock) {
      // "at 5" may be all that is said of an hour.
      return close(value, other.value) || close(Math.abs(value - other.value), 12);
    }
    if (share != other.share) {
      // "half of 500" aside, a plain 50 may stand for 50 %.
      double plain = share ? other.value / 100 : other.value;
      double fraction = share ? value : other.value / 100;
      return close(plain, fraction) && (share ? other.digits : digits);
    }
    if (close(value, other.value)) {
      return true;
    }
    return vague && other.vague && value / other.value < 1.3 && other.value / value < 1.3;
  }

  private static boolean close(double a, double b) {
    return Math.abs(a - b) <= 1e-6 * Math.max(1e-3, Math.max(Math.abs(a), Math.abs(b)));
  }
}
