package dev.verso.quote.check;

import dev.verso.quote.check.Finding.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Grammatical persons: whose words these are and of whom they speak. */
final class PersonComparison implements Comparison {

  private enum Person {
    I,
    WE,
    YOU,
    HE,
    SHE,
    THEY,
    ONE
  }

  private static final Map<Person, Set<String>> FRENCH = new EnumMap<>(Person.class);
  private static final Map<Person, Set<String>> ENGLISH = new EnumMap<>(Person.class);

  static {
    FRENCH.put(
        Person.I,
        Set.of("je", "j'", "me", "m'", "moi", "mon", "ma", "mes", "mien", "mienne", "miens"));
    FRENCH.put(Person.WE, Set.of("nous", "notre", "nos", "nôtre", "nôtres"));
    FRENCH.put(
        Person.YOU,
        Set.of("vous", "votre", "vos", "tu", "te", "t'", "toi", "ton", "ta", "tes", "vôtre"));
    FRENCH.put(Person.HE, Set.of("il", "lui"));
    FRENCH.put(Person.SHE, Set.of("elle"));
    FRENCH.put(Person.THEY, Set.of("ils", "elles", "eux", "leur", "leurs"));
    FRENCH.put(Person.ONE, Set.of("on"));
    ENGLISH.put(Person.I, Set.of("i", "me", "my", "myself"));
    ENGLISH.put(Person.WE, Set.of("we", "us", "our", "ours", "ourselves"));
    ENGLISH.put(Person.YOU, Set.of("you", "your", "yours", "yourself", "yourselves"));
    ENGLISH.put(Person.HE, Set.of("he", "him", "his", "himself"));
    ENGLISH.put(Person.SHE, Set.of("she", "her", "hers", "herself"));
    ENGLISH.put(Person.THEY, Set.of("they", "them", "their", "theirs", "themselves"));
    ENGLISH.put(Person.ONE, Set.of("one", "people", "someone", "somebody"));
  }

  private static Map<Person, List<Integer>> in(
      Side side, int from, int to, Map<Person, Set<String>> words) {
    Map<Person, List<Integer>> found = new EnumMap<>(Person.class);
    for (int i = from; i < to; i++) {
      if (side.key(i).equals("us") && side.at(i).word().equals("US")) {
        continue;
      }
      for (Map.Entry<Person, Set<String>> entry : words.entrySet()) {
        boolean impersonal =
            side.key(i).equals("il")
                && side.key(i + 1).matches("y|faut|faudra|faudrait|s'|semble|est|fallait|n'y|se");
        if (entry.getValue().contains(side.key(i)) && !impersonal) {
          found.computeIfAbsent(entry.getKey(), x -> new ArrayList<>()).add(i);
        }
      }
    }
    return found;
  }

  @Override
  public void compare(Pair pair, CheckItem item, Evidence evidence) {
    Side french = pair.french;
    Side english = pair.english;
    Map<Person, List<Integer>> f = in(french, pair.from, pair.to, FRENCH);
    Map<Person, List<Integer>> whole = in(french, 0, french.size(), FRENCH);
    Map<Person, List<Integer>> e = in(english, 0, english.size(), ENGLISH);
    boolean imperative = false;
    boolean ons = false;
    for (int i = pair.from; i < pair.to; i++) {
      String key = french.key(i);
      imperative |= key.length() > 4 && key.endsWith("ez") && !key.equals("assez");
      ons |= key.length() > 5 && key.endsWith("ons") && !french.at(Math.max(0, i)).isCapital();
    }
    ons |= imperative;
    boolean told = !item.directQuote() && Cues.any(english, "report", 0, english.size());
    for (Person person : e.keySet()) {
      if (person == Person.ONE || f.containsKey(person)) {
        continue;
      }
      boolean allowed =
          switch (person) {
            case WE -> f.containsKey(Person.ONE) || ons || whole.containsKey(Person.WE);
            case YOU -> f.containsKey(Person.ONE) || imperative || whole.containsKey(Person.YOU);
            case I -> whole.containsKey(Person.I);
            default -> false;
          };
      if (allowed) {
        continue;
      }
      // A person of the French that the English no longer has.
      Person lost = null;
      for (Person candidate : f.keySet()) {
        if (!e.containsKey(candidate)
            && candidate != person
            && (lost == null || candidate.compareTo(lost) < 0)) {
          lost = candidate;
        }
      }
      boolean firstOrSecond = lost == Person.I || lost == Person.WE || lost == Person.YOU;
      double value =
          switch (person) {
            case I -> lost != null ? 0.9 : 0.6;
            case WE -> lost != null && lost != Person.HE ? 1 : 0.3;
            case YOU -> firstOrSecond ? 0.6 : lost == Person.THEY ? 0.5 : 0.1;
            case THEY ->
                firstOrSecond
                    ? 1
                    : lost == Person.ONE && english.key(e.get(person).get(0)).equals("they")
                        ? 0.3
                        : 0;
            case HE ->
                firstOrSecond ? 0.9 : lost == Person.SHE && !whole.containsKey(Person.HE) ? 0.7 : 0;
            case SHE ->
                firstOrSecond ? 0.9 : lost == Person.HE && !whole.containsKey(Person.SHE) ? 0.3 : 0;
            case ONE -> 0;
          };
      if (told && firstOrSecond && person != Person.WE && person != Person.I) {
        value *= 0.2;
      }
      int at = e.get(person).get(0);
      int source = lost == null ? -1 : f.get(lost).get(0);
      evidence.add(
          "person",
          value,
          ErrorKind.PERSON_PRONOUN,
          Severity.MAJOR,
          source < 0 ? null : french.span(source, source + 1),
          english.span(at, at + 1),
          source < 0
              ? "Nobody says “"
                  + english.words(at, at + 1).toLowerCase(Locale.ROOT)
                  + "” in the French."
              : "The French says “"
                  + french.words(source, source + 1)
                  + "”, not “"
                  + english.words(at, at + 1).toLowerCase(Locale.ROOT)
                  + "”.");
    }
    if (f.containsKey(Person.WE)
        && !e.containsKey(Person.WE)
        && !e.containsKey(Person.I)
        && f.get(Person.WE).stream().anyMatch(i -> french.key(i).startsWith("no"))
        && item.directQuote()) {
      int source = f.get(Person.WE).get(0);
      evidence.add(
          "person",
          0.25,
          ErrorKind.PERSON_PRONOUN,
          Severity.MINOR,
          french.span(source, source + 1),
          null,
          "“" + french.words(source, source + 1) + "” is missing.");
    }
  }
}
