package dev.verso.quote.coreference;

import dev.verso.quote.cue.Mention;
import dev.verso.quote.cue.Phrases;
import dev.verso.quote.cue.ReportingLexicon;
import dev.verso.quote.cue.Tokens;
import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Who is who in one text: names and their short forms, roles tied to names by apposition, pronouns
 * by gender, number and order. Names and roles are gathered first, mentions resolved in reading
 * order. Where two fit, nobody is named.
 */
public final class Coreference {

  /** Under which those are tied who are said to be "à la tête de" something. */
  private static final String HEADSHIP = "headship";

  private static final int WINDOW = 8; // sentences that a pronoun looks back on
  private static final int RIVALS = 3; // sentences before it that may be about another
  private static final int CROWD = 40; // mentions noted of one sentence

  private static final int SUFFIX = 5; // letters of an inhabitant's ending

  private static final Pattern AGE =
      Pattern.compile("\\h(?:de|d['’]|aged)\\h?\\d{1,3}(?:\\hans)?$");

  private static final LevenshteinDistance ONE_EDIT = new LevenshteinDistance(1); // -1 if farther

  /** Somebody, with the fullest mention. */
  public record Entity(
      TextSpan span, String name, Mention.Kind kind, char gender, boolean plural, String head) {}

  /**
   * What a mention stands for: {@code coref} is null when it is its own fullest mention, {@code
   * name} and {@code entity} when it is not known whom it means.
   */
  public record Resolution(TextSpan coref, String name, Entity entity) {

    private static final Resolution NOBODY = new Resolution(null, null, null);
  }

  private record Name(TextSpan span, List<String> parts, String text, char gender) {
    String key() {
      return String.join(" ", parts);
    }
  }

  /** A role beside a name: the words of its phrase, by which another mention is compared. */
  private record Tie(Name name, Set<String> content, boolean former) {}

  /** Somebody mentioned in a sentence: one of several, or behind a preposition. */
  private record Occurrence(Mention mention, boolean person, boolean joined, boolean governed) {}

  private final ReportingLexicon lexicon;
  private final Map<String, List<Name>> namesByPart = new HashMap<>();
  private final Map<String, Name> names = new HashMap<>();
  private final Map<String, Character> genders = new HashMap<>();
  private final Set<String> persons = new HashSet<>();
  private final Map<String, List<Mention>> descriptions = new HashMap<>();
  private final Map<String, List<Tie>> ties = new HashMap<>();
  private final Set<String> tied = new HashSet<>();
  private final List<List<Occurrence>> occurrences = new ArrayList<>();
  private final Map<Integer, List<Entity>> spoken = new HashMap<>();
  private final Map<Integer, Entity> subjects = new HashMap<>();
  private final Map<Integer, Entity> bodies = new HashMap<>();
  private int sentence;
  private String excluded = ""; // who asked, while the answerer is looked for

  public Coreference(ReportingLexicon lexicon) {
    this.lexicon = lexicon;
  }

  // ---- gathering

  /** Takes note of the names of the next sentence and of the roles beside them. */
  public void gather(Phrases p) {
    List<Occurrence> here = new ArrayList<>();
    occurrences.add(here);
    for (int i = 0; i < p.size(); i++) {
      if (p.in("determiner", i) && !p.is(i, "de", "d'", "du") && !p.in("determiner", i - 1)) {
        describe(p, i, here);
      }
      if (!(p.isName(i) || (p.isCourtesy(i) && p.isName(i + 1)))) {
        continue;
      }
      if (i == 0
          && p.isName(0)
          && !p.isName(1)
          && p.size() > 1
          && (p.lexicon().isAdverb(p.at(0).lower())
              || "person".equals(lexicon.source(p.at(0).lower())))) {
        continue;
      }
      int start = i;
      if (i > 0 && (p.in("preposition", i - 1) || p.in("determiner", i - 1))) {
        while (p.isName(start + 1) && lexicon.in("institution", p.at(start).lower())) {
          start++;
        }
        if (p.isAcronym(start) && p.isName(start + 1) && p.isName(start + 2)) {
          start++; // "à l'AFP Jean Jouzel"
        }
        boolean given =
            p.isName(start + 1)
                && p.isName(start + 2)
                && lexicon.gender(p.at(start).text()) == 0
                && lexicon.gender(p.at(start + 1).text()) != 0;
        start += given ? 1 : 0; // "sur Twitter Luc Perrin"
      }
      while (start < p.size() && isOffice(p, start) && p.isName(start + 1)) {
        start++;
      }
      for (int k = start; p.isName(k); k++) {
        if (p.isTitle(k) && !p.isCourtesy(k) && p.isName(k + 1)) {
          start = k + 1;
        }
      }
      int end = p.nameEnd(start, p.size());
      Name name = add(p, start, end);
      boolean role = role(p, start, end, name);
      boolean person = role || isPerson(p, start, end, name);
      if (person) {
        persons.add(name.key());
      }
      if (here.size() < CROWD) {
        here.add(
            new Occurrence(
                mention(name, p, start, end),
                person,
                isJoined(p, start, end),
                p.in("preposition", start - 1)
                    || (p.isTitle(start - 1) && p.in("preposition", start - 2))));
      }
      i = Math.max(i, end - 1);
    }
  }

  /** A title or a role with a capital before a name: "Coach Ellis P. Dragomir", "Actor Ben X". */
  private boolean isOffice(Phrases p, int i) {
    return !p.isCourtesy(i)
        && (p.isTitle(i)
            || ("person".equals(lexicon.source(p.at(i).lower()))
                && lexicon.gender(p.at(i).text()) == 0));
  }

  /** Whether the name is one of several: "Yves Darcos et Malik Ferhaoui". */
  private static boolean isJoined(Phrases p, int start, int end) {
    boolean before = p.in("joining", start - 1) || p.in("joining", start - 2);
    boolean after = p.in("joining", end) && (p.isPhraseStart(end + 1) || p.isTitle(end + 1));
    return before || after;
  }

  private Mention mention(Name name, Phrases p, int start, int end) {
    TextSpan span = new TextSpan(p.at(start).start(), p.at(end - 1).end());
    char gender = genders.getOrDefault(name.key(), name.gender);
    String last = name.parts.get(name.parts.size() - 1);
    return new Mention(span, name.text, Mention.Kind.NAME, last, gender, false, true);
  }

  /** Whether the name looks like a person's where it stands. */
  private boolean isPerson(Phrases p, int start, int end, Name name) {
    if (name.gender != 0 || p.isCourtesy(start) || p.isTitle(start - 1)) {
      return true;
    }
    boolean behind = p.in("preposition", start - 1) || p.in("determiner", start - 1);
    boolean body =
        start > 0
            && p.at(start - 1).isWord()
            && lexicon.source(p.at(start - 1).lower()) != null
            && !"person".equals(lexicon.source(p.at(start - 1).lower()));
    boolean club =
        !p.isFrench() && p.isName(end + 1) && "person".equals(lexicon.source(p.at(end).lower()));
    if (behind || body || club || name.parts.size() < 2 || p.in("determiner", start)) {
      return false; // "Carrow Athletic manager Des Whitlock"
    }
    for (int i = start; i < end; i++) {
      if (p.is(i, "&") || p.isSign(i, "&")) {
        return false;
      }
      if (p.isAcronym(i) && p.at(i).text().length() > 1 && p.at(i).text().indexOf('.') < 0) {
        return false;
      }
      if (lexicon.source(p.at(i).lower()) != null || p.in("firm", i)) {
        return false;
      }
    }
    return true;
  }

  /** Takes note of "un témoin oculaire", so that "ce témoin" leads back to it. */
  private void describe(Phrases p, int i, List<Occurrence> here) {
    int end = i + 1;
    while (end < p.size()
        && end < i + 8
        && p.at(end).isWord()
        && !p.isFinite(end)
        && !p.in("relative", end)
        && !p.in("conjunction", end)
        && !p.in("circumstance", end)
        && !(p.in("determiner", end)
            && !p.in("preposition", end - 1)
            && !p.is(end, "de", "d'", "du", "des"))
        && !isPredicate(p, end)) {
      end++;
    }
    if (end - i < 2) {
      return;
    }
    Mention mention = p.mention(i, end);
    if (mention != null
        && mention.kind() == Mention.Kind.DESCRIPTION
        && lexicon.source(mention.head()) != null) {
      remember(mention);
      boolean somebody =
          "person".equals(lexicon.source(mention.head())) && !isDefinite(mention.text());
      if (somebody && here.size() < CROWD) {
        here.add(new Occurrence(mention, true, false, p.in("preposition", i - 1)));
      }
    }
  }

  /** An English word behind a noun or a name that goes on with neither: "the judge thanked". */
  private boolean isPredicate(Phrases p, int i) {
    if (p.isFrench()) {
      return false;
    }
    boolean behind = p.isName(i - 1) || lexicon.source(p.at(i - 1).lower()) != null;
    boolean goesOn =
        p.in("preposition", i)
            || p.isName(i)
            || p.is(i, "'s")
            || lexicon.source(p.at(i).lower()) != null;
    return behind && !goesOn;
  }

  private Name add(Phrases p, int start, int end) {
    List<String> parts = new ArrayList<>();
    int first = p.isCourtesy(start) && start + 1 < end ? start + 1 : start;
    for (int i = first; i < end; i++) {
      parts.add(bare(p.at(i).lower()));
    }
    TextSpan span = new TextSpan(p.at(first).start(), p.at(end - 1).end());
    String text = span.of(p.text());
    char gender = 0;
    if (first > start) {
      gender = genderOfTitle(p.at(start).lower());
    }
    if (gender == 0) {
      gender = lexicon.gender(p.at(first).text());
    }
    Name name = new Name(span, List.copyOf(parts), text, gender);
    Name known = names.putIfAbsent(name.key(), name);
    if (known != null) {
      return known;
    }
    for (String part : parts) {
      List<Name> list = namesByPart.computeIfAbsent(part, key -> new ArrayList<>());
      if (list.size() < 20) {
        list.add(name);
      }
    }
    return name;
  }

  private char genderOfTitle(String lower) {
    String bare = bare(lower);
    return lexicon.in("feminine", bare) ? 'f' : lexicon.in("masculine", bare) ? 'm' : 0;
  }

  private static String bare(String word) {
    return word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
  }

  /**
   * "le ministre X", "le ministre, X,", "X, le ministre", "X, ministre", "X est ministre"; whether
   * a person's role stands there.
   */
  private boolean role(Phrases p, int start, int end, Name name) {
    boolean comma = p.isSign(start - 1, ",");
    boolean closed = end >= p.size() || p.isSign(end, ",.;:()") || p.in("relative", end);
    boolean person = false;
    if (!comma || closed) {
      person = roleBefore(p, comma ? start - 1 : start, comma, name);
    } else {
      person = roleOpening(p, start - 1, name);
    }
    boolean governed =
        p.is(start - 1, "de", "d'", "du", "des", "of")
            || (name.gender == 0
                && name.parts.size() < 2
                && (p.in("preposition", start - 1) || p.in("determiner", start - 1)));
    if ((p.isSign(end, ",") || p.isSign(end, "(")) && !governed) {
      person |= roleAfter(p, end + 1, name, false);
    } else if (!governed) {
      int verb = end;
      while (p.in("avoir", verb) || p.in("être", verb) || p.in("be", verb)) {
        verb++;
      }
      if (p.in("appointing", verb)) {
        person |= roleAfter(p, verb + 1, name, true); // "was elected mayor", "est devenue maire"
      } else if (verb == end + 1 && !p.in("avoir", end)) {
        person |= roleAfter(p, verb, name, false);
      }
    }
    return person;
  }

  /** "Directrice de l'hôpital depuis 2019, Nadège Ollivaux quitte …" */
  private boolean roleOpening(Phrases p, int comma, Name name) {
    if (comma > 3 && p.in("preposition", 0) && p.in("helm", 2)) {
      Set<String> content =
          content(new TextSpan(p.at(0).start(), p.at(comma - 1).end()).of(p.text()));
      List<Tie> list = ties.computeIfAbsent(HEADSHIP, key -> new ArrayList<>());
      if (list.size() < 20) {
        list.add(new Tie(name, content, false)); // "À la tête du festival depuis 2011, X"
      }
      return true;
    }
    boolean opens =
        comma > 0
            && "person".equals(lexicon.source(p.at(0).lower()))
            && !p.hasFinite(0, comma)
            && !p.is(1, ",");
    if (!opens) {
      return false;
    }
    return tie(p, 0, comma, heads(p, 0, comma, false), (char) 0, name);
  }

  private boolean roleBefore(Phrases p, int end, boolean comma, Name name) {
    if (p.in("preposition", end - 1) || p.in("determiner", end - 1)) {
      return false;
    }
    int from = end;
    boolean noun = false;
    for (int j = end - 1; j >= 0 && end - j <= 12; j--) {
      if (!p.at(j).isWord() || p.isFinite(j) || p.in("conjunction", j) || p.in("relative", j)) {
        break;
      }
      from = j;
      noun |= lexicon.source(p.at(j).lower()) != null;
      boolean inner = p.in("preposition", j - 1) || p.is(j, "de", "d'", "du", "des");
      if (noun && p.in("determiner", j) && !inner) {
        break;
      }
    }
    List<String> heads = heads(p, from, end, !comma);
    char gender = p.in("determiner", from) ? genderOfTitle(p.at(from).lower()) : 0;
    return tie(p, from, end, heads, lexicon.language() == Language.FRENCH ? gender : 0, name);
  }

  private boolean roleAfter(Phrases p, int from, Name name, boolean appointed) {
    int start = from;
    char gender = 0;
    if (p.in("determiner", start)) {
      gender = lexicon.language() == Language.FRENCH ? genderOfTitle(p.at(start).lower()) : 0;
    }
    int end = start;
    while (end < p.size()
        && end < from + 10
        && p.at(end).isWord()
        && !(p.isFinite(end) && end > start)
        && !p.in("relative", end)) {
      end++;
    }
    boolean open =
        !appointed && end < p.size() && p.isFinite(end); // "Pour Paul Roy, le maire a tort"
    List<String> heads = open ? List.of() : heads(p, start, end, false);
    return tie(p, start, end, heads, gender, name);
  }

  /**
   * The nouns of a phrase that say what somebody is: none that depends on another.
   *
   * @param beside whether the name follows at once, so that it may go with the last noun alone
   */
  private List<String> heads(Phrases p, int from, int to, boolean beside) {
    List<String> heads = new ArrayList<>();
    for (int i = from; i < to; i++) {
      if (p.is(i, "'s")) {
        heads.clear();
      } else if (p.in("preposition", i) && !p.is(i, "as", "en", "comme") && i > from) {
        if (!beside || !hasPerson(p, i, to)) {
          break;
        }
        heads.clear(); // "la fille de l'actrice Anne Vial": the actress alone
      }
      String kind = p.at(i).isWord() ? lexicon.source(p.at(i).lower()) : null;
      boolean noun = "person".equals(kind) || (beside && "group".equals(kind));
      if (noun && !p.in("preposition", i)) {
        heads.add(p.at(i).lower());
      }
    }
    return heads;
  }

  private boolean hasPerson(Phrases p, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean person = p.at(i).isWord() && "person".equals(lexicon.source(p.at(i).lower()));
      if (person || (p.isTitle(i) && !p.isCourtesy(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean tie(Phrases p, int from, int to, List<String> heads, char gender, Name name) {
    if (heads.isEmpty()) {
      return false;
    }
    Set<String> content =
        content(new TextSpan(p.at(from).start(), p.at(to - 1).end()).of(p.text()));
    Tie tie = new Tie(name, content, isFormer(content));
    boolean person = false;
    char known = gender;
    for (String head : heads) {
      List<Tie> list = ties.computeIfAbsent(head, key -> new ArrayList<>());
      if (list.size() < 20) {
        list.add(tie);
      }
      person |= "person".equals(lexicon.source(head));
      known = known == 0 ? genderOfTitle(head) : known;
    }
    if (person) {
      tied.add(name.key());
      if (known != 0 && name.gender == 0) {
        genders.putIfAbsent(name.key(), known);
      }
    }
    return person;
  }

  /** The words of a phrase that tell what it means, without articles and prepositions. */
  private Set<String> content(String phrase) {
    Set<String> content = new HashSet<>();
    for (String word : Tokens.fold(phrase).split("[^\\p{L}\\p{N}-]+")) {
      boolean light =
          word.length() < 2
              || lexicon.in("determiner", word)
              || lexicon.in("preposition", word)
              || lexicon.in("courtesy", word)
              || lexicon.in("incumbent", word);
      if (!light) {
        content.add(word);
      }
    }
    return content;
  }

  /** Whether the words tell one holder of a role from another: "l'ancien entraîneur". */
  private boolean isFormer(Set<String> content) {
    return content.stream().anyMatch(word -> lexicon.in("othering", word));
  }

  /** Whether the text names a person or body by this name in full somewhere. */
  public boolean isFullName(String text) {
    String last = text.substring(text.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT);
    for (Name name : namesByPart.getOrDefault(last, List.of())) {
      if (name.parts.size() > 1 && name.gender != 0) {
        return true;
      }
    }
    return false;
  }

  /** The persons that sentence {@code index} names, in order. */
  public List<Mention> people(int index) {
    List<Mention> people = new ArrayList<>();
    for (Occurrence occurrence : occurrences.get(index)) {
      if (occurrence.mention().kind() == Mention.Kind.NAME && isPerson(occurrence.mention())) {
        people.add(occurrence.mention());
      }
    }
    return people;
  }

  /** The names of two words and more in sentence {@code index}, whomever they name, in order. */
  public List<Mention> fullNames(int index) {
    return occurrences.get(index).stream()
        .map(Occurrence::mention)
        .filter(mention -> mention.kind() == Mention.Kind.NAME && mention.text().indexOf(' ') > 0)
        .toList();
  }

  /** Whether the text shows that this name is a person's: by a title, a role or a given name. */
  public boolean isPerson(Mention name) {
    Entity entity = name(name).entity();
    return entity != null && (entity.gender() != 0 || persons.contains(key(entity)));
  }

  /**
   * The one person of the text who has these initials, as the mention that stands at {@code span};
   * or null if there is none or more than one.
   */
  public Mention byInitials(TextSpan span, String initials) {
    String letters = initials.replaceAll("[^\\p{Lu}]", "");
    Map<String, Name> found = new LinkedHashMap<>();
    for (Name name : names.values()) {
      boolean same =
          name.parts.size() > 1
              && !name.text.equals(initials)
              && letters.equals(initials(name.text))
              && (name.gender != 0 || persons.contains(name.key()));
      if (same) {
        found.putIfAbsent(name.key(), name);
      }
    }
    if (found.size() != 1) {
      return null;
    }
    Name name = found.values().iterator().next();
    String last = name.parts.get(name.parts.size() - 1);
    return new Mention(span, name.text, Mention.Kind.NAME, last, name.gender, false, true);
  }

  private static String initials(String name) {
    StringBuilder initials = new StringBuilder();
    for (String part : name.split("[\\s\u00a0\u202f-]+")) {
      if (!part.isEmpty() && Character.isUpperCase(part.charAt(0))) {
        initials.append(part.charAt(0));
      }
    }
    return initials.toString();
  }

  /** The fullest form of a name. */
  public String fullName(Mention name) {
    return name(name).name();
  }

  // ---- resolving

  /** Goes on to sentence {@code index}, counted as they were gathered. */
  public void enter(int index) {
    sentence = index;
  }

  /** What {@code mention} stands for in this sentence. */
  public Resolution resolve(Mention mention) {
    Resolution resolution = who(mention, true);
    if (mention.kind() == Mention.Kind.DESCRIPTION) {
      remember(mention);
    }
    return resolution;
  }

  private Resolution who(Mention mention, boolean guess) {
    return switch (mention.kind()) {
      case NAME -> name(mention);
      case PRONOUN -> pronoun(mention);
      case DESCRIPTION -> description(mention, guess);
    };
  }

  /** What {@code mention} stands for in this sentence if it is another than {@code asker}. */
  public Resolution resolveAnswer(Mention mention, Entity asker) {
    excluded = asker == null ? "" : asker.name();
    Resolution resolution = resolve(mention);
    excluded = "";
    return resolution;
  }

  /** Notes that {@code entity} speaks in this sentence: who is next called "he" may be the same. */
  public void spoke(Entity entity) {
    spoken.computeIfAbsent(sentence, key -> new ArrayList<>()).add(entity);
  }

  /** Notes the subject of this sentence. */
  public void attend(Mention subject) {
    if (subject == null || !subject.animate()) {
      return;
    }
    Resolution resolution = resolve(subject);
    if (resolution.entity() != null) {
      subjects.put(sentence, resolution.entity());
    }
  }

  /** Notes the body that the impersonal pronoun of this sentence stands for. */
  public void attendBody(Mention body) {
    bodies.put(sentence, resolve(body).entity());
  }

  /** The subject of sentence {@code index}, or null if it has none that can speak. */
  public Entity subject(int index) {
    return subjects.get(index);
  }

  /** The one who speaks last in sentence {@code index}, or null if nobody does. */
  public Entity speaker(int index) {
    List<Entity> speakers = spoken.getOrDefault(index, List.of());
    return speakers.isEmpty() ? null : speakers.get(speakers.size() - 1);
  }

  private Resolution name(Mention mention) {
    List<String> parts = new ArrayList<>();
    for (String part : Tokens.fold(mention.text()).split("[\\s\\u00a0\\u202f]+")) {
      String bare = bare(part);
      boolean courtesy = parts.isEmpty() && lexicon.in("courtesy", bare);
      if (!courtesy && !bare.isEmpty()) {
        parts.add(bare);
      }
    }
    if (parts.isEmpty()) {
      return new Resolution(null, mention.text(), null);
    }
    String last = parts.get(parts.size() - 1);
    if (parts.size() > 1 && parts.stream().allMatch(part -> part.length() == 1)) {
      Mention person = byInitials(mention.span(), mention.text());
      if (person != null) {
        return name(person);
      }
    }
    if (parts.size() == 1 && lexicon.in("anybody", last)) {
      return Resolution.NOBODY;
    }
    Name best = null;
    for (Name name : namesByPart.getOrDefault(last, List.of())) {
      if ((isLonger(name.parts, parts) || isSpeltOut(name.parts, parts))
          && fits(name, mention)
          && (best == null || better(name, best, last))) {
        best = name;
      }
    }
    if (best == null && parts.size() == 1 && last.length() > 4) {
      best = similar(last, mention);
    }
    char gender = mention.gender();
    if (best == null) {
      String text = mention.text();
      for (Name name : namesByPart.getOrDefault(last, List.of())) {
        if (name.parts.equals(parts)) {
          text = name.text;
          gender = gender == 0 ? genders.getOrDefault(name.key(), name.gender) : gender;
        }
      }
      Entity entity = new Entity(mention.span(), text, Mention.Kind.NAME, gender, false, last);
      return new Resolution(null, text, entity);
    }
    gender = gender == 0 ? genders.getOrDefault(best.key(), best.gender) : gender;
    Entity entity = new Entity(best.span, best.text, Mention.Kind.NAME, gender, false, last);
    TextSpan coref = best.span.overlaps(mention.span()) ? null : best.span;
    return new Resolution(coref, best.text, entity);
  }

  private static boolean isLonger(List<String> full, List<String> parts) {
    return full.size() > parts.size() && full.containsAll(parts);
  }

  /** Whether "Jean-Pierre Morvannec" is "J.-P. Morvannec" in full. */
  private static boolean isSpeltOut(List<String> full, List<String> parts) {
    int last = parts.size() - 1;
    if (last < 1 || full.size() < 2 || !full.get(full.size() - 1).equals(parts.get(last))) {
      return false;
    }
    StringBuilder letters = new StringBuilder();
    for (String part : parts.subList(0, last)) {
      for (String letter : part.split("[.-]+")) {
        if (letter.length() > 1) {
          return false;
        }
        letters.append(letter);
      }
    }
    StringBuilder initials = new StringBuilder();
    for (String part : full.subList(0, full.size() - 1)) {
      for (String given : part.split("-")) {
        if (given.length() < 2 || given.indexOf('.') >= 0) {
          return false;
        }
        initials.append(given.charAt(0));
      }
    }
    return !letters.isEmpty() && initials.toString().startsWith(letters.toString());
  }

  private static boolean better(Name name, Name best, String last) {
    boolean ends = name.parts.get(name.parts.size() - 1).equals(last);
    boolean bestEnds = best.parts.get(best.parts.size() - 1).equals(last);
    if (ends != bestEnds) {
      return ends;
    }
    return name.gender != 0 && best.gender == 0;
  }

  private static boolean fits(Name name, Mention mention) {
    return name.gender == 0 || mention.gender() == 0 || name.gender == mention.gender();
  }

  /** A full name whose last word differs by one letter: names are misspelt often. */
  private Name similar(String last, Mention mention) {
    for (Map.Entry<String, List<Name>> entry : namesByPart.entrySet()) {
      String part = entry.getKey();
      if (part.equals(last) || part.charAt(0) != last.charAt(0) || ONE_EDIT.apply(part, last) < 0) {
        continue;
      }
      for (Name name : entry.getValue()) {
        if (name.parts.size() > 1
            && name.parts.get(name.parts.size() - 1).equals(part)
            && fits(name, mention)) {
          return name;
        }
      }
    }
    // "Mc Carthy" and "McCarthy"
    for (Map.Entry<String, List<Name>> entry : namesByPart.entrySet()) {
      if (!last.endsWith(entry.getKey()) || entry.getKey().length() < 4) {
        continue;
      }
      for (Name name : entry.getValue()) {
        int n = name.parts.size();
        if (n > 2 && (name.parts.get(n - 2) + name.parts.get(n - 1)).equals(last)) {
          return name;
        }
      }
    }
    return null;
  }

  private Resolution pronoun(Mention mention) {
    if (lexicon.in("dialogue", mention.head())) {
      return new Resolution(null, mention.text(), null);
    }
    if (lexicon.in("impersonal", mention.head()) && lexicon.language() == Language.FRENCH) {
      return impersonal();
    }
    if (lexicon.in("latter", mention.head())) {
      return latter(mention);
    }
    boolean crowd = lexicon.in("anybody", mention.head()); // "they say"
    for (int s = sentence; s >= 0 && s >= sentence - WINDOW; s--) {
      Map<String, Entity> candidates = candidates(s, mention);
      if (candidates.isEmpty()) {
        continue;
      }
      crowd = true;
      Entity chosen = chosen(s, candidates, mention);
      if (chosen != null) {
        Entity known =
            chosen.gender() != 0 || mention.gender() == 0 || mention.plural()
                ? chosen
                : new Entity(
                    chosen.span(),
                    chosen.name(),
                    chosen.kind(),
                    mention.gender(),
                    chosen.plural(),
                    chosen.head());
        if (known.kind() == Mention.Kind.NAME && known.gender() != 0) {
          genders.putIfAbsent(key(known), known.gender()); // whom "she" meant is no "he"
        }
        return new Resolution(known.span(), known.name(), known);
      }
      break;
    }
    return crowd ? Resolution.NOBODY : new Resolution(null, mention.text(), null);
  }

  /** The body that "on" stood for in this sentence or one of the two before it, else nobody. */
  private Resolution impersonal() {
    for (int s = sentence; s >= 0 && s > sentence - 3; s--) {
      Entity body = bodies.get(s);
      if (body != null) {
        return new Resolution(body.span(), body.name(), body);
      }
    }
    return Resolution.NOBODY;
  }

  /** "ce dernier", "the latter": the last person named before it. */
  private Resolution latter(Mention mention) {
    for (int s = sentence; s >= 0 && s >= sentence - 2; s--) {
      List<Entity> candidates = new ArrayList<>(candidates(s, mention).values());
      if (!candidates.isEmpty()) {
        Entity last = candidates.get(0);
        for (Entity entity : candidates) {
          last = entity.span().start() > last.span().start() ? entity : last;
        }
        for (Occurrence occurrence : occurrences.get(s)) {
          for (Entity entity : candidates) {
            boolean same = occurrence.mention().text().equals(entity.name());
            last =
                same && occurrence.mention().span().start() > last.span().start() ? entity : last;
          }
        }
        return new Resolution(last.span(), last.name(), last);
      }
    }
    return Resolution.NOBODY;
  }

  /** Those of sentence {@code s} before the mention whose gender and number fit, by name. */
  private Map<String, Entity> candidates(int s, Mention mention) {
    Map<String, Entity> candidates = new LinkedHashMap<>();
    List<Entity> all = new ArrayList<>();
    if (s < occurrences.size()) {
      for (Occurrence occurrence : occurrences.get(s)) {
        if (occurrence.mention().span().end() > mention.span().start()) {
          continue;
        }
        Entity owned = subjects.get(s);
        boolean owner =
            owned != null
                && owned.kind() == Mention.Kind.DESCRIPTION
                && owned.span().contains(occurrence.mention().span())
                && !owned.span().equals(occurrence.mention().span());
        boolean patron = owned != null && occurrence.governed() && isBeside(occurrence, owned);
        if (owner || patron) {
          continue; // "le beau-frère de Luc Aubry", "le porte-parole de Luc Aubry, Jean Roy"
        }
        Resolution resolution = who(occurrence.mention(), false);
        Entity entity = resolution.entity();
        boolean person =
            entity != null
                && (occurrence.person()
                    || persons.contains(key(entity))
                    || (mention.plural() && lexicon.language() == Language.ENGLISH));
        if (person) {
          all.add(entity);
        }
      }
    }
    all.addAll(spoken.getOrDefault(s, List.of()));
    Entity subject = subjects.get(s);
    if (subject != null && (subject.kind() != Mention.Kind.NAME || all.isEmpty())) {
      all.add(subject);
    }
    for (Entity entity : all) {
      if (fits(entity, mention) && !entity.name().equals(excluded)) {
        candidates.putIfAbsent(entity.name(), entity);
      }
    }
    return candidates;
  }

  /** Whether the mention stands right before the subject, a comma between. */
  private static boolean isBeside(Occurrence occurrence, Entity subject) {
    int gap = subject.span().start() - occurrence.mention().span().end();
    return gap > 0 && gap <= 2;
  }

  private boolean fits(Entity entity, Mention mention) {
    boolean gender =
        entity.gender() == 0 || mention.gender() == 0 || entity.gender() == mention.gender();
    boolean group = "group".equals(lexicon.source(entity.head()));
    boolean english = lexicon.language() == Language.ENGLISH;
    if (mention.plural()) {
      boolean several =
          entity.plural()
              || group
              || (entity.kind() == Mention.Kind.NAME
                  && entity.gender() == 0
                  && !persons.contains(key(entity)));
      return several && (gender || group);
    }
    boolean singular = !entity.plural() && entity.name().indexOf('&') < 0;
    boolean human = !english || !group;
    return gender && singular && human;
  }

  private static String key(Entity entity) {
    return Tokens.fold(entity.name()).replace(".", "");
  }

  /** The one candidate, the one who spoke there, or the subject of known gender; else null. */
  private Entity chosen(int s, Map<String, Entity> candidates, Mention mention) {
    if (candidates.size() == 1) {
      Entity only = candidates.values().iterator().next();
      return isRivalled(s, only, mention) ? null : only;
    }
    Set<String> speakers = new HashSet<>();
    for (Entity entity : spoken.getOrDefault(s, List.of())) {
      if (candidates.containsKey(entity.name())) {
        speakers.add(entity.name());
      }
    }
    if (speakers.size() == 1) {
      return candidates.get(speakers.iterator().next());
    }
    List<Entity> known = new ArrayList<>();
    for (Entity entity : candidates.values()) {
      if (mention.gender() != 0 && entity.gender() == mention.gender()) {
        known.add(entity);
      }
    }
    Entity subject = subjects.get(s);
    boolean sure =
        known.size() == 1
            && subject != null
            && subject.name().equals(known.get(0).name())
            && !isJoined(s, subject);
    return sure ? known.get(0) : null;
  }

  /**
   * Whether one who is mentioned in passing could be meant as well as the one that the sentences
   * before are about: "X a parlé. … a dit Y à Z. … dit-elle".
   */
  private boolean isRivalled(int s, Entity only, Mention mention) {
    if (!excluded.isEmpty() || isCentral(s, only) || (s == sentence && !isGoverned(s, only))) {
      return false;
    }
    for (int t = s - 1; t >= 0 && t >= s - RIVALS; t--) {
      List<Entity> central = new ArrayList<>(spoken.getOrDefault(t, List.of()));
      if (subjects.containsKey(t)) {
        central.add(subjects.get(t));
      }
      for (Entity entity : central) {
        if (fits(entity, mention)) {
          return !entity.name().equals(only.name());
        }
      }
    }
    return false;
  }

  private boolean isGoverned(int s, Entity entity) {
    for (Occurrence occurrence : occurrences.get(s)) {
      if (occurrence.governed() && occurrence.mention().text().equals(entity.name())) {
        return true;
      }
    }
    return false;
  }

  private boolean isCentral(int s, Entity entity) {
    Entity subject = subjects.get(s);
    boolean speaks =
        spoken.getOrDefault(s, List.of()).stream()
            .anyMatch(other -> other.name().equals(entity.name()));
    return speaks || (subject != null && subject.name().equals(entity.name()));
  }

  private boolean isJoined(int s, Entity entity) {
    for (Occurrence occurrence : occurrences.get(s)) {
      if (occurrence.joined() && occurrence.mention().text().equals(entity.name())) {
        return true;
      }
    }
    return false;
  }

  private Resolution description(Mention mention, boolean guess) {
    String head = mention.head();
    String text = mention.text();
    if (lexicon.in("latter", head) && words(text) <= 2) {
      return guess ? latter(mention) : Resolution.NOBODY;
    }
    if (lexicon.in("anybody", head) && words(text) == 1) {
      return Resolution.NOBODY;
    }
    if (isDefinite(text)) {
      Name named = tied(mention);
      if (named != null) {
        return full(named);
      }
      Mention first = earlier(mention);
      if (first != null) {
        Entity entity =
            new Entity(
                first.span(),
                show(first.text()),
                Mention.Kind.DESCRIPTION,
                first.gender(),
                first.plural(),
                head);
        return new Resolution(first.span(), show(first.text()), entity);
      }
      Entity only = guess ? only(mention) : null;
      if (only != null) {
        return new Resolution(only.span(), only.name(), only);
      }
    }
    Entity entity =
        new Entity(
            mention.span(),
            show(text),
            Mention.Kind.DESCRIPTION,
            mention.gender(),
            mention.plural(),
            head);
    return new Resolution(null, show(text), entity);
  }

  /** The one name that the text ties to this role, or null if there is none or more. */
  private Name tied(Mention mention) {
    List<Tie> list = new ArrayList<>(ties.getOrDefault(mention.head(), List.of()));
    Set<String> words = content(mention.text());
    if (lexicon.in(HEADSHIP, mention.head()) && words.size() == 1) {
      ties.getOrDefault(HEADSHIP, List.of())
          .forEach(tie -> list.add(new Tie(tie.name, words, false))); // "le directeur"
    }
    if (list.isEmpty() || mention.plural()) {
      return null;
    }
    boolean former = isFormer(words);
    Map<String, Name> fitting = new LinkedHashMap<>();
    for (Tie tie : list) {
      char gender = genders.getOrDefault(tie.name.key(), tie.name.gender);
      boolean fits =
          (mention.gender() == 0 || gender == 0 || mention.gender() == gender)
              && (tie.content.containsAll(words) || words.containsAll(tie.content))
              && (tie.former == former || (tie.former && tie.content.equals(words)));
      if (fits) {
        fitting.putIfAbsent(full(tie.name).name(), tie.name);
      }
    }
    return fitting.size() == 1 ? fitting.values().iterator().next() : null;
  }

  /**
   * Whom "la chanteuse", "cette infirmière de 39 ans", "le Français" means: the one person spoken
   * of, or of several the one that the sentences before are about. An office is somebody's else
   * until it is tied, unless its holder's own is of its kind ("le procureur" is a "magistrat").
   */
  private Entity only(Mention mention) {
    String head = mention.head();
    boolean people = lexicon.source(head) == null && isOfSomewhere(mention);
    boolean person = people || "person".equals(lexicon.source(head));
    if (mention.plural() || !person || words(withoutAge(mention.text())) > 4) {
      return null;
    }
    boolean former = isFormer(content(mention.text()));
    boolean general = lexicon.in("general", head) || former;
    Entity kind = former ? null : ofItsKind(mention);
    boolean pointing = isPointing(mention.text()); // "cette infirmière": one spoken of
    if (kind != null || (lexicon.in("office", head) && !lexicon.in("general", head) && !pointing)) {
      return kind;
    }
    Map<String, Entity> found = new LinkedHashMap<>();
    for (int s = sentence; s >= 0 && s >= sentence - WINDOW; s--) {
      for (Occurrence occurrence : occurrences.get(s)) {
        Mention other = occurrence.mention();
        if (other.kind() == Mention.Kind.NAME && other.span().end() <= mention.span().start()) {
          Entity entity = name(other).entity();
          boolean named = entity != null && (occurrence.person() || persons.contains(key(entity)));
          boolean subject =
              subjects.get(s) != null
                  && entity != null
                  && subjects.get(s).name().equals(entity.name());
          if ((named || subject) && fits(entity, mention)) {
            found.putIfAbsent(entity.name(), entity);
          }
        }
      }
    }
    Entity central = central(mention, found);
    if (found.size() == 1) {
      Entity only = found.values().iterator().next();
      return general || central != null || !tied.contains(key(only)) ? only : null;
    }
    return central;
  }

  /** The one of {@code found} that the nearest of the sentences before is about, or null. */
  private Entity central(Mention mention, Map<String, Entity> found) {
    for (int s = sentence; s >= 0 && s >= sentence - 2; s--) {
      Map<String, Entity> here = new LinkedHashMap<>();
      List<Entity> all = new ArrayList<>(spoken.getOrDefault(s, List.of()));
      if (subjects.get(s) != null) {
        all.add(subjects.get(s));
      }
      for (Entity entity : all) {
        boolean before = entity.span().end() <= mention.span().start();
        if (before && found.containsKey(entity.name())) {
          here.putIfAbsent(entity.name(), found.get(entity.name()));
        }
      }
      if (!here.isEmpty()) {
        return here.size() == 1 ? here.values().iterator().next() : null;
      }
    }
    return null;
  }

  /** "le magistrat" after "le procureur, X": the one whose office is of this kind. */
  private Entity ofItsKind(Mention mention) {
    String kind = "kind-" + mention.head();
    if (!lexicon.has(kind) || words(mention.text()) > 5) {
      return null;
    }
    Map<String, Name> found = new LinkedHashMap<>();
    for (Map.Entry<String, List<Tie>> entry : ties.entrySet()) {
      if (!lexicon.in(kind, entry.getKey())) {
        continue;
      }
      for (Tie tie : entry.getValue()) {
        char gender = genders.getOrDefault(tie.name.key(), tie.name.gender);
        if (mention.gender() == 0 || gender == 0 || mention.gender() == gender) {
          found.putIfAbsent(full(tie.name).name(), tie.name);
        }
      }
    }
    return found.size() == 1 ? full(found.values().iterator().next()).entity() : null;
  }

  private boolean isPointing(String text) {
    int space = text.indexOf(' ');
    return space > 0 && lexicon.in("demonstrative", Tokens.fold(text.substring(0, space)));
  }

  /**
   * "le Français", "la Nantaise": a capital behind a French article, and an inhabitant's ending.
   */
  private boolean isOfSomewhere(Mention mention) {
    String word =
        mention
            .text()
            .substring(
                Math.max(
                        mention.text().lastIndexOf(' '),
                        Math.max(mention.text().lastIndexOf('\''), mention.text().lastIndexOf('’')))
                    + 1);
    boolean named =
        words(mention.text()) == 2 && !word.isEmpty() && Character.isUpperCase(word.charAt(0));
    for (int n = 2; named && n <= Math.min(SUFFIX, word.length() - 2); n++) {
      if (lexicon.in("inhabitant", word.substring(word.length() - n))) {
        return true;
      }
    }
    return false;
  }

  private static String withoutAge(String text) {
    return AGE.matcher(text).replaceFirst("");
  }

  private Resolution full(Name name) {
    Mention as =
        new Mention(
            name.span,
            name.text,
            Mention.Kind.NAME,
            name.parts.get(name.parts.size() - 1),
            name.gender,
            false,
            true);
    Resolution resolution = name(as);
    TextSpan span = resolution.coref() == null ? name.span : resolution.coref();
    return new Resolution(span, resolution.name(), resolution.entity());
  }

  private static int words(String text) {
    return text.split("[ '’]").length;
  }

  private void remember(Mention mention) {
    List<Mention> list = descriptions.computeIfAbsent(mention.head(), key -> new ArrayList<>());
    if (list.size() < 20) {
      list.add(mention);
    }
  }

  /** The fullest earlier description with the same head, number and gender. */
  private Mention earlier(Mention mention) {
    Mention best = null;
    Set<String> words = content(mention.text());
    boolean former = isFormer(words);
    for (Mention other : descriptions.getOrDefault(mention.head(), List.of())) {
      Set<String> content = content(other.text());
      if (other.plural() == mention.plural()
          && content.containsAll(words)
          && isFormer(content) == former
          && other.span().end() <= mention.span().start()
          && other.text().length() >= mention.text().length()
          && (best == null || other.text().length() > best.text().length())) {
        best = other;
      }
    }
    return best;
  }

  private boolean isDefinite(String text) {
    String lower = Tokens.fold(text);
    int space = lower.indexOf(' ');
    if (lexicon.language() == Language.ENGLISH && lower.contains("'s ")) {
      return true; // "Rahmani's attorney"
    }
    String first = lower.startsWith("l'") ? "l'" : space < 0 ? lower : lower.substring(0, space);
    return lexicon.in("definite", first);
  }

  /** A description as a name to show: its article without the capital of a sentence's start. */
  private String show(String text) {
    String lower = Tokens.fold(text);
    int end = 0;
    while (end < lower.length() && Character.isLetter(lower.charAt(end))) {
      end++;
    }
    boolean elided = end < lower.length() && lower.charAt(end) == '\'';
    String first = lower.substring(0, elided ? end + 1 : end);
    return lexicon.in("determiner", first)
        ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1)
        : text;
  }
}
