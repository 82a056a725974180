package dev.verso.quote.check;

import dev.verso.quote.check.Finding.Severity;
import dev.verso.text.TextSpan;
import java.util.List;
import java.util.Set;

/** Past, present and future; just done and about to be; since and ago; already, still, not yet. */
final class TimeComparison implements Comparison {

  @Override
  public void compare(Pair pair, CheckItem item, Evidence evidence) {
    Side french = pair.french;
    Side english = pair.english;
    int n = english.size();
    List<Verbs.Form> f = Verbs.french(french, pair.from, pair.to, pair.bridge);
    List<Verbs.Form> e = Verbs.english(english);
    Set<Verbs.Time> said = Verbs.times(f);
    Set<Verbs.Time> kept = Verbs.times(e);
    boolean report = Cues.any(english, "report", 0, n);
    if (kept.contains(Verbs.Time.FUTURE)
        && !said.contains(Verbs.Time.FUTURE)
        && !said.contains(Verbs.Time.CONDITIONAL)) {
      boolean cue = Cues.any(french, "future", pair.from, pair.to);
      Verbs.Form form = first(e, Verbs.Time.FUTURE);
      evidence.add(
          "tense",
          cue ? 0.3 : 1,
          ErrorKind.TENSE_ASPECT,
          Severity.MAJOR,
          frenchVerb(pair, form, f),
          english.span(form.from(), Math.min(n, form.to() + 1)),
          "The English puts in the future what the French doesn't.");
    }
    if (said.contains(Verbs.Time.FUTURE) && !Cues.any(english, "futurelax", 0, n)) {
      Verbs.Form form = first(f, Verbs.Time.FUTURE);
      boolean perfect = Pair.has(english, 0, n, "has", "have", "had", "was", "were", "did", "'ve");
      evidence.add(
          "tense",
          perfect ? 1 : 0.6,
          ErrorKind.TENSE_ASPECT,
          Severity.MAJOR,
          french.span(form.from(), form.to()),
          ReserveComparison.verb(pair, form),
          "The French speaks of the future (“" + french.words(form.from(), form.to()) + "”).");
    }
    boolean pastOnly =
        said.contains(Verbs.Time.PAST)
            && said.size() == 1
            && Pair.has(english, 0, n, "is", "are", "does", "do");
    if (pastOnly
        && !kept.contains(Verbs.Time.PAST)
        && kept.contains(Verbs.Time.PRESENT)
        && !kept.contains(Verbs.Time.CONDITIONAL)) {
      Verbs.Form form = first(f, Verbs.Time.PAST);
      evidence.add(
          "tense",
          0.4,
          ErrorKind.TENSE_ASPECT,
          Severity.MAJOR,
          french.span(form.from(), form.to()),
          ReserveComparison.verb(pair, form),
          "The French speaks of the past (“" + french.words(form.from(), form.to()) + "”).");
    }
    if (!said.isEmpty() && !said.contains(Verbs.Time.PAST) && !report) {
      Verbs.Form plain = null;
      for (Verbs.Form form : e) {
        if (form.time() == Verbs.Time.PAST
            && Set.of("was", "were", "did", "had", "has", "have")
                .contains(english.key(form.from()))) {
          plain = form;
          break;
        }
      }
      if (plain != null
          && !hasParticiple(pair)
          && (said.contains(Verbs.Time.FUTURE) || !kept.contains(Verbs.Time.PRESENT))) {
        evidence.add(
            "tense",
            said.contains(Verbs.Time.FUTURE) ? 0.8 : 0.35,
            ErrorKind.TENSE_ASPECT,
            Severity.MAJOR,
            frenchVerb(pair, plain, f),
            english.span(plain.from(), Math.min(n, plain.to() + 1)),
            "The English puts in the past what the French doesn't.");
      }
    }
    if (said.contains(Verbs.Time.CONDITIONAL)
        && kept.contains(Verbs.Time.FUTURE)
        && !kept.contains(Verbs.Time.CONDITIONAL)
        && !said.contains(Verbs.Time.FUTURE)
        && !report
        && !Cues.any(english, "possible", 0, n - 1)) {
      Verbs.Form form = first(f, Verbs.Time.CONDITIONAL);
      evidence.add(
          "tense",
          0.3,
          ErrorKind.MODALITY_HEDGE,
          Severity.MAJOR,
          french.span(form.from(), form.to()),
          ReserveComparison.verb(pair, form),
          "The French only supposes it (“" + french.words(form.from(), form.to()) + "”).");
    }
    aspect(pair, evidence);
  }

  private static boolean hasParticiple(Pair pair) {
    for (int i = pair.from; i < pair.to; i++) {
      String key = pair.french.key(i);
      if (key.matches(".{2,}(é|ée|és|ées)")
          || (key.matches(".{2,}(ait|aient)") && Verbs.simple(key, pair.bridge) != null)) {
        return true;
      }
    }
    return false;
  }

  private static Verbs.Form first(List<Verbs.Form> forms, Verbs.Time time) {
    return forms.stream().filter(form -> form.time() == time).findFirst().orElseThrow();
  }

  private static TextSpan frenchVerb(Pair pair, Verbs.Form english, List<Verbs.Form> forms) {
    int at = -1;
    for (int j = english.from(); j < Math.min(pair.english.size(), english.to() + 2); j++) {
      int i = pair.bestFrench(j);
      at = i >= 0 ? i : at;
    }
    Verbs.Form best = null;
    for (Verbs.Form form : forms) {
      if (best == null || (at >= 0 && Math.abs(form.from() - at) < Math.abs(best.from() - at))) {
        best = form;
      }
    }
    if (best != null && (at < 0 || Math.abs(best.from() - at) <= 3)) {
      return pair.french.span(best.from(), best.to());
    }
    return at < 0 ? null : pair.french.span(at, at + 1);
  }

  private static void aspect(Pair pair, Evidence evidence) {
    Side french = pair.french;
    Side english = pair.english;
    int n = english.size();
    List<Cues.Hit> recent =
        Cues.find(french, "recent", pair.from, pair.to).stream()
            .filter(
                hit ->
                    Verbs.infinitive(french.key(hit.to()))
                        || Verbs.infinitive(french.key(hit.to() + 1)))
            .toList();
    if (!recent.isEmpty()) {
      Cues.Hit hit = recent.get(0);
      TextSpan source = french.span(hit.from(), Math.min(pair.to, hit.to() + 1));
      List<Cues.Hit> about = Cues.find(english, "about");
      if (!about.isEmpty() && !Pair.has(english, 0, n, "just", "recently", "newly")) {
        evidence.add(
            "aspect",
            1,
            ErrorKind.TENSE_ASPECT,
            Severity.MAJOR,
            source,
            english.span(Math.max(0, about.get(0).from() - 1), Math.min(n, about.get(0).to() + 1)),
            "“venir de” says that it has just happened.");
      } else if (!Cues.any(english, "recent", 0, n)) {
        evidence.add(
            "aspect",
            0.4,
            ErrorKind.TENSE_ASPECT,
            Severity.MINOR,
            source,
            null,
            "“venir de” says that it has just happened.");
      }
    }
    List<Cues.Hit> since = Cues.find(french, "since", pair.from, pair.to);
    List<Cues.Hit> ago = Cues.find(english, "ago");
    boolean agoFrench = false;
    for (int i = pair.from; i + 2 < pair.to; i++) {
      agoFrench |=
          french.key(i).equals("il")
              && french.key(i + 1).equals("y")
              && french.key(i + 2).equals("a");
    }
    if (!since.isEmpty()
        && !ago.isEmpty()
        && !Pair.has(english, 0, n, "since", "for", "past", "last")) {
      Cues.Hit hit = since.get(0);
      int at = ago.get(0).from();
      evidence.add(
          "aspect",
          agoFrench ? 0.6 : 0.9,
          ErrorKind.TENSE_ASPECT,
          Severity.MINOR,
          french.span(hit.from(), Math.min(pair.to, hit.to() + 2)),
          english.span(Math.max(0, at - 2), at + 1),
          "“depuis” says that it has lasted since, not that it was then.");
    }
    boolean noLonger = Cues.any(english, "nolongerstrict", 0, n);
    List<Cues.Hit> notYet = Cues.find(french, "notyet", pair.from, pair.to);
    if (!notYet.isEmpty() && noLonger && !Pair.has(english, 0, n, "yet", "still")) {
      Cues.Hit hit = notYet.get(0);
      Cues.Hit e = Cues.find(english, "nolongerstrict").get(0);
      evidence.add(
          "aspect",
          1,
          ErrorKind.TENSE_ASPECT,
          Severity.MAJOR,
          french.span(hit.from(), hit.to()),
          english.span(e.from(), e.to()),
          "“pas encore” is “not yet”, not “no longer”.");
    } else if (!notYet.isEmpty()
        && !Pair.has(english, 0, n, "yet", "still", "far", "remains", "until")) {
      Cues.Hit hit = notYet.get(0);
      evidence.add(
          "aspect",
          0.5,
          ErrorKind.TENSE_ASPECT,
          Severity.MAJOR,
          french.span(hit.from(), hit.to()),
          null,
          "“pas encore” (not yet) is lost.");
    }
    if (noLonger
        && notYet.isEmpty()
        && !Cues.any(french, "plus", 0, french.size())
        && Pair.has(english, 0, n, "longer", "anymore")
        && !Cues.any(french, "over", pair.from, pair.to)) {
      Cues.Hit e = Cues.find(english, "nolongerstrict").get(0);
      evidence.add(
          "aspect",
          0.8,
          ErrorKind.TENSE_ASPECT,
          Severity.MAJOR,
          null,
          english.span(e.from(), e.to()),
          "The French doesn't say that it is over.");
    }
    List<Cues.Hit> already = Cues.find(french, "already", pair.from, pair.to);
    boolean alreadyEnglish = Cues.any(english, "already", 0, n);
    if (alreadyEnglish && already.isEmpty() && !Pair.has(french, pair.from, pair.to, "d'ores")) {
      Cues.Hit e = Cues.find(english, "already").get(0);
      evidence.add(
          "aspect",
          0.4,
          ErrorKind.TENSE_ASPECT,
          Severity.MINOR,
          null,
          english.span(e.from(), e.to()),
          "The French doesn't say “already”.");
    }
    if (!already.isEmpty() && !alreadyEnglish) {
      boolean yet = Cues.any(english, "yet", 0, n) && Cues.any(english, "negator", 0, n);
      boolean future = Pair.has(english, 0, n, "will", "soon", "going");
      Cues.Hit hit = already.get(0);
      evidence.add(
          "aspect",
          yet ? 1 : future ? 0.5 : 0.15,
          ErrorKind.TENSE_ASPECT,
          Severity.MAJOR,
          french.span(hit.from(), hit.to()),
          null,
          "“déjà” (already) is lost.");
    }
    // "cesser de", "continuer à" and the like are the lexicon's business.
  }
}
