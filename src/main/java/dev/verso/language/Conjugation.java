package dev.verso.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The forms of French verbs, made by rule from the infinitive: regular verbs in -er with their
 * changes of spelling, verbs like <i>finir</i>, and the irregular patterns by the infinitive's end.
 * Compound tenses are left to whoever reads the auxiliary.
 */
public final class Conjugation {

  /** What a form can be. */
  public enum Form {
    FINITE,
    PARTICIPLE,
    GERUND,
    INFINITIVE
  }

  /** A form of a verb. */
  public record Inflected(String text, Form form) {}

  /**
   * An irregular pattern: six forms of the present, the imperfect's stem, the past historic's stem
   * with its vowel, the future's stem, the past participle; all without what is common to the verbs
   * of the pattern.
   */
  private record Pattern(
      String ending, String present, String imperfect, String past, String future, String part) {}

  // By the infinitive's ending, the longest first.
  private static final List<Pattern> PATTERNS =
      List.of(
          new Pattern("s'agir", "s'agit s'agit s'agit - - -", "s'agiss", "s'agi", "s'agir", "agi"),
          new Pattern(
              "asseoir",
              "assois assois assoit assoyons assoyez assoient",
              "assoy",
              "assi",
              "assoir",
              "assis"),
          new Pattern(
              "pouvoir", "peux peux peut pouvons pouvez peuvent", "pouv", "pu", "pourr", "pu"),
          new Pattern(
              "vouloir",
              "veux veux veut voulons voulez veulent",
              "voul",
              "voulu",
              "voudr",
              "voulu"),
          new Pattern(
              "mouvoir", "meus meus meut mouvons mouvez meuvent", "mouv", "mu", "mouvr", "mu"),
          new Pattern(
              "prévoir",
              "prévois prévois prévoit prévoyons prévoyez prévoient",
              "prévoy",
              "prévi",
              "prévoir",
              "prévu"),
          new Pattern(
              "prévaloir",
              "prévaux prévaux prévaut prévalons prévalez prévalent",
              "préval",
              "prévalu",
              "prévaudr",
              "prévalu"),
          new Pattern("cevoir", "çois çois çoit cevons cevez çoivent", "cev", "çu", "cevr", "çu"),
          new Pattern("pleuvoir", "- - pleut - - -", "pleuv", "plu", "pleuvr", "plu"),
          new Pattern("falloir", "- - faut - - -", "fall", "fallu", "faudr", "fallu"),
          new Pattern(
              "valoir", "vaux vaux vaut valons valez valent", "val", "valu", "vaudr", "valu"),
          new Pattern("savoir", "sais sais sait savons savez savent", "sav", "su", "saur", "su"),
          new Pattern("devoir", "dois dois doit devons devez doivent", "dev", "du", "devr", "dû"),
          new Pattern("voir", "vois vois voit voyons voyez voient", "voy", "vi", "verr", "vu"),
          new Pattern("avoir", "ai as a avons avez ont", "av", "eu", "aur", "eu"),
          new Pattern("être", "suis es est sommes êtes sont", "ét", "fu", "ser", "été"),
          new Pattern("faire", "fais fais fait faisons faites font", "fais", "fi", "fer", "fait"),
          new Pattern(
              "traire", "trais trais trait trayons trayez traient", "tray", "-", "trair", "trait"),
          new Pattern(
              "plaire",
              "plais plais plaît plaisons plaisez plaisent",
              "plais",
              "plu",
              "plair",
              "plu"),
          new Pattern("taire", "tais tais tait taisons taisez taisent", "tais", "tu", "tair", "tu"),
          new Pattern(
              "contredire",
              "contredis contredis contredit contredisons contredisez contredisent",
              "contredis",
              "contredi",
              "contredir",
              "contredit"),
          new Pattern(
              "interdire",
              "interdis interdis interdit interdisons interdisez interdisent",
              "interdis",
              "interdi",
              "interdir",
              "interdit"),
          new Pattern(
              "prédire",
              "prédis prédis prédit prédisons prédisez prédisent",
              "prédis",
              "prédi",
              "prédir",
              "prédit"),
          new Pattern("dire", "dis dis dit disons dites disent", "dis", "di", "dir", "dit"),
          new Pattern("lire", "lis lis lit lisons lisez lisent", "lis", "lu", "lir", "lu"),
          new Pattern(
              "élire", "élis élis élit élisons élisez élisent", "élis", "élu", "élir", "élu"),
          new Pattern("rire", "ris ris rit rions riez rient", "ri", "ri", "rir", "ri"),
          new Pattern(
              "scrire",
              "scris scris scrit scrivons scrivez scrivent",
              "scriv",
              "scrivi",
              "scrir",
              "scrit"),
          new Pattern(
              "crire", "cris cris crit crivons crivez crivent", "criv", "crivi", "crir", "crit"),
          new Pattern(
              "nuire", "nuis nuis nuit nuisons nuisez nuisent", "nuis", "nuisi", "nuir", "nui"),
          new Pattern("fuir", "fuis fuis fuit fuyons fuyez fuient", "fuy", "fui", "fuir", "fui"),
          new Pattern("uire", "uis uis uit uisons uisez uisent", "uis", "uisi", "uir", "uit"),
          new Pattern(
              "croire", "crois crois croit croyons croyez croient", "croy", "cru", "croir", "cru"),
          new Pattern("boire", "bois bois boit buvons buvez boivent", "buv", "bu", "boir", "bu"),
          new Pattern(
              "mettre", "mets mets met mettons mettez mettent", "mett", "mi", "mettr", "mis"),
          new Pattern(
              "battre", "bats bats bat battons battez battent", "batt", "batti", "battr", "battu"),
          new Pattern(
              "naître",
              "nais nais naît naissons naissez naissent",
              "naiss",
              "naqui",
              "naîtr",
              "né"),
          new Pattern("aître", "ais ais aît aissons aissez aissent", "aiss", "u", "aîtr", "u"),
          new Pattern(
              "croître",
              "crois crois croît croissons croissez croissent",
              "croiss",
              "cru",
              "croîtr",
              "cru"),
          new Pattern("vivre", "vis vis vit vivons vivez vivent", "viv", "vécu", "vivr", "vécu"),
          new Pattern(
              "suivre", "suis suis suit suivons suivez suivent", "suiv", "suivi", "suivr", "suivi"),
          new Pattern(
              "conclure",
              "conclus conclus conclut concluons concluez concluent",
              "conclu",
              "conclu",
              "conclur",
              "conclu"),
          new Pattern(
              "exclure",
              "exclus exclus exclut excluons excluez excluent",
              "exclu",
              "exclu",
              "exclur",
              "exclu"),
          new Pattern(
              "inclure",
              "inclus inclus inclut incluons incluez incluent",
              "inclu",
              "inclu",
              "inclur",
              "inclus"),
          new Pattern(
              "prendre",
              "prends prends prend prenons prenez prennent",
              "pren",
              "pri",
              "prendr",
              "pris"),
          new Pattern(
              "coudre",
              "couds couds coud cousons cousez cousent",
              "cous",
              "cousi",
              "coudr",
              "cousu"),
          new Pattern(
              "résoudre",
              "résous résous résout résolvons résolvez résolvent",
              "résolv",
              "résolu",
              "résoudr",
              "résolu"),
          new Pattern(
              "aindre", "ains ains aint aignons aignez aignent", "aign", "aigni", "aindr", "aint"),
          new Pattern(
              "eindre", "eins eins eint eignons eignez eignent", "eign", "eigni", "eindr", "eint"),
          new Pattern(
              "oindre", "oins oins oint oignons oignez oignent", "oign", "oigni", "oindr", "oint"),
          new Pattern(
              "rompre",
              "romps romps rompt rompons rompez rompent",
              "romp",
              "rompi",
              "rompr",
              "rompu"),
          new Pattern("dre", "ds ds d dons dez dent", "d", "di", "dr", "du"),
          new Pattern("enir", "iens iens ient enons enez iennent", "en", "in", "iendr", "enu"),
          new Pattern(
              "quérir",
              "quiers quiers quiert quérons quérez quièrent",
              "quér",
              "qui",
              "querr",
              "quis"),
          new Pattern(
              "mourir",
              "meurs meurs meurt mourons mourez meurent",
              "mour",
              "mouru",
              "mourr",
              "mort"),
          new Pattern(
              "courir",
              "cours cours court courons courez courent",
              "cour",
              "couru",
              "courr",
              "couru"),
          new Pattern(
              "cueillir",
              "cueille cueilles cueille cueillons cueillez cueillent",
              "cueill",
              "cueilli",
              "cueiller",
              "cueilli"),
          new Pattern(
              "ouvrir",
              "ouvre ouvres ouvre ouvrons ouvrez ouvrent",
              "ouvr",
              "ouvri",
              "ouvrir",
              "ouvert"),
          new Pattern(
              "offrir",
              "offre offres offre offrons offrez offrent",
              "offr",
              "offri",
              "offrir",
              "offert"),
          new Pattern(
              "ouffrir",
              "ouffre ouffres ouffre ouffrons ouffrez ouffrent",
              "ouffr",
              "ouffri",
              "ouffrir",
              "ouffert"),
          new Pattern(
              "servir",
              "sers sers sert servons servez servent",
              "serv",
              "servi",
              "servir",
              "servi"),
          new Pattern(
              "dormir",
              "dors dors dort dormons dormez dorment",
              "dorm",
              "dormi",
              "dormir",
              "dormi"),
          new Pattern(
              "sentir",
              "sens sens sent sentons sentez sentent",
              "sent",
              "senti",
              "sentir",
              "senti"),
          new Pattern(
              "mentir",
              "mens mens ment mentons mentez mentent",
              "ment",
              "menti",
              "mentir",
              "menti"),
          new Pattern(
              "sortir",
              "sors sors sort sortons sortez sortent",
              "sort",
              "sorti",
              "sortir",
              "sorti"),
          new Pattern(
              "partir",
              "pars pars part partons partez partent",
              "part",
              "parti",
              "partir",
              "parti"),
          new Pattern("aller", "vais vas va allons allez vont", "all", "alla", "ir", "allé"));

  // Patterns that are one verb's alone.
  private static final List<String> WHOLE = List.of("aller", "avoir", "être", "naître");

  // Verbs in -ir that end like an irregular one.
  private static final List<String> LIKE_FINIR =
      List.of("avertir", "divertir", "répartir", "garantir", "investir");

  // -eler and -eter that double the consonant instead of taking an accent.
  private static final List<String> DOUBLING =
      List.of("appeler", "rappeler", "jeter", "rejeter", "projeter");

  private static final Map<String, List<String>> EXTRA =
      Map.of(
          "asseoir", List.of("assieds", "assied", "asseyent"),
          "pouvoir", List.of("puis", "puisse", "puissent"),
          "être", List.of("soit", "soient", "étant"),
          "avoir", List.of("ait", "aient", "ayant"),
          "faire", List.of("fasse", "fassent"),
          "savoir", List.of("sache", "sachent", "sachant"));

  private Conjugation() {}

  /** Every form of {@code infinitive}, in lower case; participles in their four forms. */
  public static List<Inflected> of(String infinitive) {
    List<Inflected> forms = new ArrayList<>(64);
    forms.add(new Inflected(infinitive, Form.INFINITIVE));
    Pattern pattern = LIKE_FINIR.contains(infinitive) ? null : pattern(infinitive);
    if (pattern != null) {
      irregular(infinitive, pattern, forms);
    } else if (infinitive.endsWith("er")) {
      first(infinitive, forms);
    } else if (infinitive.endsWith("ir")) {
      second(infinitive, forms);
    }
    for (String extra : EXTRA.getOrDefault(infinitive, List.of())) {
      forms.add(new Inflected(extra, extra.endsWith("ant") ? Form.GERUND : Form.FINITE));
    }
    return forms;
  }

  // What a form of a regular verb ends in, and what its infinitive ends in there.
  private static final String[][] GUESSES = {
    {"e", "er"},
    {"ent", "er"},
    {"a", "er"},
    {"ait", "er"},
    {"aient", "er"},
    {"èrent", "er"},
    {"é", "er"},
    {"és", "er"},
    {"ée", "er"},
    {"ées", "er"},
    {"ant", "er"},
    {"it", "ir"},
    {"issent", "ir"},
    {"issait", "ir"},
    {"issaient", "ir"},
    {"irent", "ir"},
    {"i", "ir"},
    {"is", "ir"},
    {"ie", "ir"},
    {"ies", "ir"},
    {"issant", "ir"},
    {"d", "dre"},
    {"dent", "dre"},
    {"dit", "dre"},
    {"dait", "dre"},
    {"du", "dre"}
  };

  /**
   * Whether {@code form}, in lower case, can be this form of a regular verb that no list needs to
   * know: the rules make it from an infinitive that its ending suggests.
   */
  public static boolean canBe(String form, Form kind) {
    for (String[] guess : GUESSES) {
      if (!form.endsWith(guess[0]) || form.length() < guess[0].length() + 3) {
        continue;
      }
      String stem = form.substring(0, form.length() - guess[0].length());
      for (String spelt : stems(stem)) {
        if (of(spelt + guess[1]).contains(new Inflected(form, kind))) {
          return true;
        }
      }
    }
    return false;
  }

  /** How the stem of a form may be spelt in the infinitive. */
  private static List<String> stems(String stem) {
    List<String> stems = new ArrayList<>(List.of(stem));
    int last = stem.length() - 1;
    if (stem.endsWith("ç")) {
      stems.add(stem.substring(0, last) + "c");
    } else if (stem.endsWith("ge")) {
      stems.add(stem.substring(0, last));
    } else if (stem.endsWith("i")) {
      stems.add(stem.substring(0, last) + "y");
    }
    int grave = stem.lastIndexOf('è');
    if (grave >= 0) {
      stems.add(stem.substring(0, grave) + "e" + stem.substring(grave + 1));
      stems.add(stem.substring(0, grave) + "é" + stem.substring(grave + 1));
    }
    return stems;
  }

  private static Pattern pattern(String infinitive) {
    Pattern best = null;
    for (Pattern pattern : PATTERNS) {
      boolean whole = WHOLE.contains(pattern.ending);
      if (whole ? infinitive.equals(pattern.ending) : infinitive.endsWith(pattern.ending)) {
        if (best == null || pattern.ending.length() > best.ending.length()) {
          best = pattern;
        }
      }
    }
    return best;
  }

  private static void irregular(String infinitive, Pattern pattern, List<Inflected> forms) {
    String stem = infinitive.substring(0, infinitive.length() - pattern.ending.length());
    for (String present : pattern.present.split(" ")) {
      if (!present.equals("-")) {
        forms.add(new Inflected(stem + present, Form.FINITE));
      }
    }
    imperfect(stem + pattern.imperfect, forms);
    if (!pattern.past.equals("-")) {
      String past = stem + pattern.past;
      if (past.endsWith("a")) { // aller
        past = past.substring(0, past.length() - 1);
        for (String ending : new String[] {"ai", "as", "a", "âmes", "âtes", "èrent"}) {
          forms.add(new Inflected(past + ending, Form.FINITE));
        }
      } else {
        for (String ending : new String[] {"s", "t", "rent"}) {
          forms.add(new Inflected(past + ending, Form.FINITE));
        }
      }
    }
    future(stem + pattern.future, forms);
    participle(stem + pattern.part, forms);
    forms.add(new Inflected(stem + pattern.imperfect + "ant", Form.GERUND));
    String third = pattern.present.substring(pattern.present.lastIndexOf(' ') + 1);
    if (third.endsWith("ent")) { // the subjunctive's stem is the present's third person plural
      forms.add(new Inflected(stem + third.substring(0, third.length() - 2), Form.FINITE));
    }
  }

  private static void first(String infinitive, List<Inflected> forms) {
    String stem = infinitive.substring(0, infinitive.length() - 2);
    String soft = stem; // before a, o
    String mute = stem; // before a mute e
    if (stem.endsWith("c")) {
      soft = stem.substring(0, stem.length() - 1) + "ç";
    } else if (stem.endsWith("g")) {
      soft = stem + "e";
    } else if (stem.endsWith("oy") || stem.endsWith("uy") || stem.endsWith("ay")) {
      mute = stem.substring(0, stem.length() - 1) + "i";
    } else if (DOUBLING.contains(infinitive)) {
      mute = stem + stem.charAt(stem.length() - 1);
    } else {
      int e = lastVowel(stem);
      if (e >= 0
          && e < stem.length() - 1
          && e >= stem.length() - 3
          && (stem.charAt(e) == 'é' || stem.charAt(e) == 'e')) {
        boolean single = stem.length() - e == 2 || stem.charAt(e) == 'é';
        if (single) {
          mute = stem.substring(0, e) + "è" + stem.substring(e + 1);
        }
      }
    }
    for (String ending : new String[] {"e", "es", "ent"}) {
      forms.add(new Inflected(mute + ending, Form.FINITE));
    }
    forms.add(new Inflected(soft + "ons", Form.FINITE));
    forms.add(new Inflected(stem + "ez", Form.FINITE));
    for (String ending : new String[] {"ais", "ait", "aient"}) {
      forms.add(new Inflected(soft + ending, Form.FINITE));
    }
    forms.add(new Inflected(stem + "ions", Form.FINITE));
    forms.add(new Inflected(stem + "iez", Form.FINITE));
    for (String ending : new String[] {"ai", "as", "a", "âmes", "âtes"}) {
      forms.add(new Inflected(soft + ending, Form.FINITE));
    }
    forms.add(new Inflected(stem + "èrent", Form.FINITE));
    boolean accent = stem.indexOf('é', Math.max(0, stem.length() - 3)) >= 0;
    future(accent ? infinitive : mute + "er", forms);
    if (accent) {
      future(mute + "er", forms);
    }
    participle(stem + "é", forms);
    forms.add(new Inflected(soft + "ant", Form.GERUND));
  }

  private static int lastVowel(String stem) {
    for (int i = stem.length() - 1; i >= 0; i--) {
      if ("aeiouyéèêâîôûëïü".indexOf(stem.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static void second(String infinitive, List<Inflected> forms) {
    String stem = infinitive.substring(0, infinitive.length() - 1);
    for (String ending : new String[] {"s", "t", "rent"}) {
      forms.add(new Inflected(stem + ending, Form.FINITE));
    }
    for (String ending : new String[] {"ssons", "ssez", "ssent", "sse"}) {
      forms.add(new Inflected(stem + ending, Form.FINITE));
    }
    imperfect(stem + "ss", forms);
    future(infinitive, forms);
    participle(stem, forms);
    forms.add(new Inflected(stem + "ssant", Form.GERUND));
  }

  private static void imperfect(String stem, List<Inflected> forms) {
    for (String ending : new String[] {"ais", "ait", "ions", "iez", "aient"}) {
      forms.add(new Inflected(stem + ending, Form.FINITE));
    }
  }

  private static void future(String stem, List<Inflected> forms) {
    for (String ending :
        new String[] {"ai", "as", "a", "ons", "ez", "ont", "ais", "ait", "ions", "iez", "aient"}) {
      forms.add(new Inflected(stem + ending, Form.FINITE));
    }
  }

  private static void participle(String masculine, List<Inflected> forms) {
    forms.add(new Inflected(masculine, Form.PARTICIPLE));
    forms.add(new Inflected(masculine + "e", Form.PARTICIPLE));
    forms.add(new Inflected(masculine + "es", Form.PARTICIPLE));
    if (!masculine.endsWith("s")) {
      forms.add(new Inflected(masculine + "s", Form.PARTICIPLE));
    }
  }
}
