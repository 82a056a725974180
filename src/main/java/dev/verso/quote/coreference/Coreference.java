package dev.verso.quote.coreference;

import dev.verso.quote.cue.Mention;
import dev.verso.quote.cue.Phrases;
import dev.verso.quote.cue.ReportingLexicon;
import dev.verso.quote.cue.Tokens;
import dev.verso.text.TextSpan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Who is who in one text: names and their short forms, roles tied to names by apposition, pronouns
 * by gender, number and nearness. Names are gathered first, mentions resolved in reading order.
 */
public final class Coreference {

  private static final int MEMORY = 12; // mentions a pronoun looks back on

  private static final LevenshteinDistance ONE_EDIT = new LevenshteinDistance(1); // -1 if farther

  /** Somebody, with the fullest mention. */
  public record Entity(
      TextSpan span, String name, Mention.Kind kind, char gender, boolean plural, String head) {}

  /** What a mention stands for: {@code coref} is null when it is its own fullest mention. */
  public record Resolution(TextSpan coref, String name, Entity entity) {}

  private record Name(TextSpan span, List<String> parts, String text, char gender) {}

  private final ReportingLexicon lexicon;
  private final Map<String, List<Name>> namesByPart = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, List<Mention>> descriptions = new HashMap<>();
  private final Map<String, List<Name>> roles = new HashMap<>();
  private final Deque<Entity> focus = new ArrayDeque<>();

  public Coreference(ReportingLexicon lexicon) {
    this.lexicon = lexicon;
  }

  // ---- gathering

  /** Takes note of the names of a sentence and of the roles beside them. */
  public void gather(Phrases p) {
    for (int i = 0; i < p.size(); i++) {
      if (p.in("determiner", i) && !p.is(i, "de", "d'", "du")) {
        describe(p, i);
      }
      if (!(p.isName(i) || (p.isCourtesy(i) && p.isName(i + 1)))) {
        continue;
      }
      if (i == 0
          && p.isName(0)
          && !p.isName(1)
          && p.size() > 1
          && p.lexicon().isAdverb(p.at(0).lower())) {
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
      }
      while (start < p.size() && p.isTitle(start) && !p.isCourtesy(start) && p.isName(start + 1)) {
        start++;
      }
      for (int k = start; p.isName(k); k++) {
        if (p.isTitle(k) && !p.isCourtesy(k) && p.isName(k + 1)) {
          start = k + 1;
        }
      }
      int end = p.nameEnd(start, p.size());
      Name name = add(p, start, end);
      if (name != null) {
        role(p, start, end, name);
      }
      i = Math.max(i, end - 1);
    }
  }

  /** Takes note of "un témoin oculaire", so that "ce témoin" leads back to it. */
  private void describe(Phrases p, int i) {
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
            && !p.is(end, "de", "d'", "du", "des"))) {
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
    }
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
    if (seen.add(String.join(" ", parts))) {
      for (String part : parts) {
        List<Name> list = namesByPart.computeIfAbsent(part, key -> new ArrayList<>());
        if (list.size() < 20) {
          list.add(name);
        }
      }
      return name;
    }
    for (Name known : namesByPart.getOrDefault(parts.get(parts.size() - 1), List.of())) {
      if (known.parts.equals(parts)) {
        return known;
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

  /** "le ministre X", "le ministre, X,", "X, le ministre", "X, ministre". */
  private void role(Phrases p, int start, int end, Name name) {
    int j = start - 1;
    if (p.isSign(j, ",")) {
      j--;
    }
    String head = null;
    for (int steps = 0; j >= 0 && steps < 10; j--, steps++) {
      if (!p.at(j).isWord() || p.isFinite(j) || p.in("conjunction", j)) {
        break;
      }
      if ("person".equals(lexicon.source(p.at(j).lower()))
          || ("group".equals(lexicon.source(p.at(j).lower())) && !p.isSign(start - 1, ","))) {
        head = p.at(j).lower();
      }
      if (p.in("determiner", j)
          && head != null
          && !p.in("preposition", j - 1)
          && !p.is(j, "de", "d'", "du", "des")) {
        break;
      }
    }
    if (head != null && !(p.in("preposition", start - 1) || p.in("determiner", start - 1))) {
      roles.computeIfAbsent(head, key -> new ArrayList<>()).add(name);
    }
    boolean governed = p.in("preposition", start - 1);
    if ((p.isSign(end, ",") || p.isSign(end, "(")) && !governed) {
      for (int k = end + 1; k < Math.min(p.size(), end + 5); k++) {
        if (!p.at(k).isWord() || p.isFinite(k) || p.in("relative", k) || p.in("preposition", k)) {
          break;
        }
        if ("person".equals(lexicon.source(p.at(k).lower()))) {
          roles.computeIfAbsent(p.at(k).lower(), key -> new ArrayList<>()).add(name);
          break;
        }
      }
    }
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

  // ---- resolving

  /** What {@code mention} stands for here; it becomes the nearest antecedent. */
  public Resolution resolve(Mention mention) {
    Resolution resolution =
        switch (mention.kind()) {
          case NAME -> name(mention);
          case PRONOUN -> pronoun(mention);
          case DESCRIPTION -> description(mention);
        };
    if (resolution.entity() != null) {
      push(resolution.entity());
    }
    return resolution;
  }

  /** Makes the subject of a sentence the nearest antecedent. */
  public void attend(Mention subject) {
    if (subject == null || !subject.animate()) {
      return;
    }
    resolve(subject);
  }

  /** The last one spoken of, or null. */
  public Entity nearest() {
    return focus.peekFirst();
  }

  private void push(Entity entity) {
    focus.removeIf(other -> other.name().equals(entity.name()));
    focus.addFirst(entity);
    if (focus.size() > MEMORY) {
      focus.removeLast();
    }
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
    Name best = null;
    for (Name name : namesByPart.getOrDefault(last, List.of())) {
      if (name.parts.size() > parts.size()
          && name.parts.containsAll(parts)
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
          gender = gender == 0 ? name.gender : gender;
        }
      }
      Entity entity = new Entity(mention.span(), text, Mention.Kind.NAME, gender, false, last);
      return new Resolution(null, text, entity);
    }
    gender = gender == 0 ? best.gender : gender;
    Entity entity = new Entity(best.span, best.text, Mention.Kind.NAME, gender, false, last);
    TextSpan coref = best.span.overlaps(mention.span()) ? null : best.span;
    return new Resolution(coref, best.text, entity);
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
    Entity best = null;
    boolean impersonal = lexicon.in("impersonal", mention.head());
    for (Iterator<Entity> it = focus.iterator(); it.hasNext() && best == null; ) {
      Entity entity = it.next();
      boolean gender =
          entity.gender() == 0 || mention.gender() == 0 || entity.gender() == mention.gender();
      boolean number =
          impersonal
              || entity.plural() == mention.plural()
              || (entity.kind() == Mention.Kind.NAME && mention.plural() && entity.gender() == 0)
              || (!entity.plural()
                  && mention.plural()
                  && "group".equals(lexicon.source(entity.head())));
      if (gender && number) {
        best = entity;
      }
    }
    if (best == null) {
      return new Resolution(null, mention.text(), null);
    }
    if (best.gender() == 0 && mention.gender() != 0 && !mention.plural()) {
      best =
          new Entity(
              best.span(), best.name(), best.kind(), mention.gender(), best.plural(), best.head());
    }
    return new Resolution(best.span(), best.name(), best);
  }

  private Resolution description(Mention mention) {
    String head = mention.head();
    String text = mention.text();
    boolean definite = isDefinite(text);
    if (definite) {
      // a role tied to a name
      List<Name> named = roles.get(head);
      if (named != null) {
        Name best = null;
        for (Name name : named) {
          boolean before = name.span.start() < mention.span().start();
          if (best == null || (before && name.span.start() >= best.span.start())) {
            best = name;
          }
        }
        if (best != null
            && !mention.plural()
            && (mention.gender() == 0 || best.gender == 0 || mention.gender() == best.gender)
            && agrees(mention, best)) {
          Resolution full = full(best);
          return full;
        }
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
        remember(mention);
        return new Resolution(first.span(), show(first.text()), entity);
      }
      // "l'ancien militaire" of a man named before
      String kind = lexicon.source(head);
      if (!mention.plural() && "person".equals(kind) && words(text) <= 4) {
        int looked = 0;
        for (Entity entity : focus) {
          boolean gender =
              mention.gender() == 0 || entity.gender() == 0 || mention.gender() == entity.gender();
          if (entity.kind() == Mention.Kind.NAME && gender) {
            return new Resolution(entity.span(), entity.name(), entity);
          }
          if (++looked == 3) {
            break;
          }
        }
      }
    }
    remember(mention);
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

  private boolean agrees(Mention mention, Name name) {
    return words(mention.text()) <= 6 || name.parts.size() > 1;
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
    for (Mention other : descriptions.getOrDefault(mention.head(), List.of())) {
      if (other.plural() == mention.plural()
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
