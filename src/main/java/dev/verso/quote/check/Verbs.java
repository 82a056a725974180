package dev.verso.quote.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tenses, read from the forms of verbs: good enough to tell that a future became a past, not a
 * grammar. The time of a French sentence is the set of times of its finite forms.
 */
final class Verbs {

  /** A time. */
  enum Time {
    PAST,
    PRESENT,
    FUTURE,
    CONDITIONAL
  }

  /** A finite form: its time and words. */
  record Form(Time time, int from, int to) {}

  private static final Set<String> FUTURE_STEMS =
      Set.of(
          "ser",
          "aur",
          "ir",
          "fer",
          "pourr",
          "devr",
          "voudr",
          "saur",
          "verr",
          "viendr",
          "tiendr",
          "faudr",
          "vaudr",
          "enverr",
          "courr",
          "mourr",
          "deviendr",
          "reviendr",
          "interviendr",
          "maintiendr",
          "obtiendr",
          "soutiendr",
          "contiendr",
          "retiendr",
          "recevr",
          "apercevr",
          "pleuvr",
          "cueiller",
          "accueiller",
          "prévoir",
          "acquerr",
          "conquerr",
          "appartiendr",
          "parviendr",
          "conviendr",
          "préviendr",
          "surviendr",
          "entretiendr",
          "refer",
          "assiér");
  private static final String[] RE_ENDINGS = {
    "endr", "andr", "ondr", "erdr", "ordr", "indr", "ettr", "uir", "ir", "aîtr", "aitr", "ivr",
    "lair", "air", "oir", "oîtr", "incr", "ompr", "lur", "eindr", "dir", "lir", "rir"
  };
  private static final Set<String> NOT_FUTURE =
      Set.of("verra", "opéra", "caméra", "extra", "ultra", "contra", "aura", "dirait");
  private static final Set<String> AVOIR_PRESENT = Set.of("ai", "as", "a", "avons", "avez", "ont");
  private static final Set<String> ETRE_PRESENT =
      Set.of("suis", "es", "est", "sommes", "êtes", "sont");
  private static final Set<String> IMPERFECT_FALSE =
      Set.of(
          "mais",
          "jamais",
          "désormais",
          "français",
          "anglais",
          "fait",
          "lait",
          "trait",
          "parfait",
          "soit",
          "droit",
          "plait",
          "plaît",
          "portrait",
          "retrait",
          "attrait",
          "fais",
          "vais",
          "sais",
          "connais",
          "souhait",
          "extrait",
          "satisfait",
          "bienfait",
          "forfait",
          "japonais",
          "irlandais",
          "polonais",
          "libanais",
          "pakistanais",
          "palais",
          "frais",
          "épais",
          "mauvais",
          "vrais",
          "marais",
          "essais",
          "délais",
          "relais",
          "biais",
          "rabais",
          "monnaie",
          "abstrait",
          "souhaits",
          "distrait",
          "néo-zélandais",
          "finlandais",
          "hollandais",
          "néerlandais",
          "écossais",
          "portugais",
          "sénégalais",
          "camerounais",
          "soudanais",
          "marseillais",
          "lyonnais",
          "chinois",
          "paix",
          "connait",
          "disparait",
          "parait");
  private static final Set<String> ENGLISH_PAST =
      new HashSet<>(
          List.of(
              ("was were had did said went came took made got gave found told became left felt brought"
                      + " began kept held wrote stood heard let meant met ran paid sat spoke led grew lost fell"
                      + " sent built understood drew broke spent rose drove bought wore chose ate thought knew saw"
                      + " won fought taught caught sold threw forgot hid died lived used could might would showed"
                      + " struck swore sank shook slept flew drank sang rang swam tore bore beat forbade forgave"
                      + " froze stole woke lent sought shot fed fled dealt hung laid lay rode shrank spread stuck swept dug withdrew overcame undertook"
                      + " put set cut hit hurt cost shut quit")
                  .split(" ")));

  private Verbs() {}

  /** The finite forms of French words {@code [from, to)}. */
  static List<Form> french(Side side, int from, int to, Bridge bridge) {
    List<Form> forms = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String key = side.key(i);
      if (key.length() < 1 || side.at(i).mark()) {
        continue;
      }
      if (AVOIR_PRESENT.contains(key) || ETRE_PRESENT.contains(key)) {
        int participle = participle(side, i + 1, Math.min(to, i + 5), bridge);
        boolean passive =
            ETRE_PRESENT.contains(key)
                && participle > 0
                && !moves(side.key(participle))
                && !reflexive(side, i);
        if (key.equals("a") && participle < 0 && i > from && side.key(i - 1).equals("à")) {
          continue;
        }
        forms.add(
            participle > 0 && !passive
                ? new Form(Time.PAST, i, participle + 1)
                : new Form(Time.PRESENT, i, i + 1));
      } else if (Set.of("vais", "vas", "va", "allons", "allez", "vont").contains(key)) {
        boolean future = infinitive(side.key(i + 1)) || infinitive(side.key(i + 2));
        forms.add(new Form(future ? Time.FUTURE : Time.PRESENT, i, i + (future ? 2 : 1)));
      } else if (Set.of("vient", "viennent", "viens", "venons").contains(key)
          && (side.key(i + 1).equals("de") || side.key(i + 1).equals("d'"))
          && infinitive(side.key(i + 2))) {
        forms.add(new Form(Time.PAST, i, i + 3));
      } else {
        Time time = simple(key, bridge);
        if (time != null) {
          forms.add(new Form(time, i, i + 1));
        }
      }
    }
    return forms;
  }

  private static boolean reflexive(Side side, int i) {
    return Set.of("s'", "se", "m'", "me", "nous", "vous").contains(side.key(i - 1));
  }

  private static boolean moves(String participle) {
    return participle.matches(
        "(all|arriv|entr|rentr|mont|rest|tomb|retourn|n|décéd|pass)é(e|s|es)?"
            + "|(part|sort|repart|ressort)i(e|s|es)?|.*(ven|deven)u(e|s|es)?|mort(e|s|es)?|descendu(e|s|es)?");
  }

  private static int participle(Side side, int from, int to, Bridge bridge) {
    for (int i = from; i < to; i++) {
      String key = side.key(i);
      if (key.matches(
              ".{2,}(é|ée|és|ées|i|ie|is|ies|it|ite|u|ue|us|ues)|fait|faite|faits|eu|été|mis|mise|pris|prise|dit|ouvert|offert|mort|né|née|craint|contraint|atteint|éteint|produit|conduit|construit|détruit|réduit")
          && (!key.matches(".*(i|ie|is|ies|it|ite)")
              || irregular(key)
              || bridge.isFrenchWord(key.replaceAll("(e|s|es)$", "") + "r"))
          && !Set.of(
                  "plus",
                  "qui",
                  "oui",
                  "dépuis",
                  "depuis",
                  "puis",
                  "aussi",
                  "ainsi",
                  "lui",
                  "jusqu",
                  "ici",
                  "si",
                  "vu",
                  "sous",
                  "nous",
                  "vous",
                  "tous",
                  "dessus",
                  "celui",
                  "aujourd'hui",
                  "parmi",
                  "pays",
                  "mais",
                  "très",
                  "pendant",
                  "du",
                  "au",
                  "eux",
                  "jeu",
                  "peu",
                  "lieu")
              .contains(key)) {
        return i;
      }
      if (side.at(i).mark()
          || Set.of(
                  "un",
                  "une",
                  "le",
                  "la",
                  "les",
                  "des",
                  "l'",
                  "de",
                  "d'",
                  "que",
                  "qui",
                  "à",
                  "dans",
                  "aucun",
                  "aucune",
                  "plusieurs",
                  "deux",
                  "trois",
                  "pour",
                  "sur",
                  "en",
                  "ce",
                  "cette",
                  "ces",
                  "mon",
                  "ma",
                  "mes",
                  "son",
                  "sa",
                  "ses",
                  "notre",
                  "nos")
              .contains(key)) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean irregular(String participle) {
    return participle.matches(
        ".*(mis|pris|dit|quis|assis|duit|truit|crit|frit|cuit|ri|suivi|fait|souri|acquis)(e|s|es)?");
  }

  static boolean infinitive(String key) {
    return key.matches(".{2,}(er|ir|re|oir)") && !key.equals("hier") && !key.equals("entre");
  }

  /** The time of a simple form, or null if it is none or a present, which no ending tells. */
  static Time simple(String key, Bridge bridge) {
    if (NOT_FUTURE.contains(key) && !key.equals("aura") && !key.equals("verra")) {
      return null;
    }
    for (String ending : List.of("aient", "ions", "iez", "ais", "ait")) {
      if (key.endsWith(ending)) {
        String stem = key.substring(0, key.length() - ending.length());
        if (isFutureStem(stem, bridge)) {
          return Time.CONDITIONAL;
        }
        if ((ending.equals("ait") || ending.equals("ais") || ending.equals("aient"))
            && stem.length() >= 2
            && !IMPERFECT_FALSE.contains(key)) {
          return Time.PAST;
        }
      }
    }
    for (String ending : List.of("ai", "as", "a", "ons", "ez", "ont")) {
      if (key.endsWith(ending)) {
        String stem = key.substring(0, key.length() - ending.length());
        if (isFutureStem(stem, bridge)) {
          return Time.FUTURE;
        }
      }
    }
    if (key.matches(
            ".{3,}èrent|.{3,}(irent|urent)|fut|eut|fit|dit|prit|mit|vint|furent|eurent|firent|.*[^aeo]ut")
        && !Set.of("tout", "début", "but", "peut", "veut", "salut", "statut", "institut", "dit")
            .contains(key)) {
      return Time.PAST;
    }
    // Past historic in -a: the stem with -er is a verb.
    if (key.length() > 4
        && key.endsWith("a")
        && bridge.isFrenchWord(key.substring(0, key.length() - 1) + "er")) {
      return Time.PAST;
    }
    return null;
  }

  private static boolean isFutureStem(String stem, Bridge bridge) {
    if (FUTURE_STEMS.contains(stem)) {
      return true;
    }
    if (stem.length() < 3 || !stem.endsWith("r")) {
      return false;
    }
    if ((stem.endsWith("er") || stem.endsWith("ir")) && bridge.isFrenchWord(stem)) {
      return true;
    }
    if (stem.endsWith("er")
        && (stem.contains("ll")
            || stem.contains("tt")
            || stem.contains("èr")
            || stem.contains("è")
            || stem.endsWith("ier"))) {
      return true;
    }
    for (String ending : RE_ENDINGS) {
      if (stem.endsWith(ending) && bridge.isFrenchWord(stem + "e")) {
        return true;
      }
    }
    return false;
  }

  static Set<Time> times(List<Form> forms) {
    Set<Time> times = EnumSet.noneOf(Time.class);
    forms.forEach(form -> times.add(form.time()));
    return times;
  }

  private static boolean participleFollows(Side side, int from) {
    for (int i = from; i < Math.min(side.size(), from + 4); i++) {
      String key = side.key(i);
      if (key.matches(
          ".{2,}(ed|en|wn|un|ght|lt|pt|ft)|been|gone|done|made|had|said|put|set|cut|left|lost|won|led|met|paid|held|sold|told|found|read|run|come|become|sent|spent|built|hit|hurt|stood|heard|got|begun|sung|taught|caught")) {
        return true;
      }
      if (side.at(i).mark()
          || side.key(i).matches("a|an|the|no|to|my|your|his|her|its|our|their|more|two|three")) {
        return false;
      }
    }
    return false;
  }

  /** Whether an English word is an irregular past. */
  static boolean isPast(String key) {
    return ENGLISH_PAST.contains(key);
  }

  /** The finite forms of an English text that its auxiliaries and irregular pasts show. */
  static List<Form> english(Side side) {
    List<Form> forms = new ArrayList<>();
    for (int i = 0; i < side.size(); i++) {
      String key = side.key(i);
      String next = side.key(i + 1);
      switch (key) {
        case "will", "'ll", "shall", "wo" -> forms.add(new Form(Time.FUTURE, i, i + 1));
        case "would", "'d", "could", "should", "might" ->
            forms.add(new Form(Time.CONDITIONAL, i, i + 1));
        case "is", "are", "am", "'re", "'m", "'s" -> {
          boolean aim =
              i > 0
                  && Pair.has(
                      side,
                      Math.max(0, i - 9),
                      i,
                      "point",
                      "aim",
                      "goal",
                      "purpose",
                      "idea",
                      "advice",
                      "plan",
                      "job",
                      "task",
                      "way",
                      "challenge",
                      "objective",
                      "role",
                      "answer",
                      "solution",
                      "thing",
                      "what",
                      "all",
                      "priority",
                      "duty",
                      "step",
                      "method",
                      "means",
                      "measure",
                      "function",
                      "mission",
                      "ambition",
                      "dream",
                      "wish",
                      "trick",
                      "option",
                      "alternative",
                      "best",
                      "important",
                      "intention",
                      "strategy",
                      "focus",
                      "need",
                      "only",
                      "first",
                      "second",
                      "key",
                      "hope",
                      "effect",
                      "temptation",
                      "risk");
          boolean going =
              (next.equals("going") && side.key(i + 2).equals("to"))
                  || (next.equals("about") && side.key(i + 2).equals("to"))
                  || (next.equals("to") && !aim);
          forms.add(new Form(going ? Time.FUTURE : Time.PRESENT, i, i + (going ? 3 : 1)));
        }
        case "has", "have", "'ve" -> {
          if (participleFollows(side, i + 1)) {
            forms.add(new Form(Time.PAST, i, i + 1));
          } else {
            forms.add(new Form(Time.PRESENT, i, i + 1));
          }
        }
        case "do", "does" -> forms.add(new Form(Time.PRESENT, i, i + 1));
        case "may", "can", "must" -> forms.add(new Form(Time.PRESENT, i, i + 1));
        default -> {
          if (ENGLISH_PAST.contains(key)
              || (key.length() > 4
                  && key.endsWith("ed")
                  && !Set.of("need", "indeed", "speed", "exceed", "hundred", "proceed", "succeed")
                      .contains(key))) {
            forms.add(new Form(Time.PAST, i, i + 1));
          }
        }
      }
    }
    for (int i = 0; i < forms.size(); i++) {
      Form form = forms.get(i);
      if (form.to() > side.size()) {
        forms.set(i, new Form(form.time(), form.from(), side.size()));
      }
    }
    return forms;
  }
}
