package dev.verso.language;

import java.util.ArrayList;
import java.util.List;

/** The forms of English verbs: by rule, or as listed, {@code say/says/said/said/saying}. */
public final class EnglishForms {

  private EnglishForms() {}

  /** The forms of {@code verb}, a base form or its five forms with slashes between. */
  public static List<Conjugation.Inflected> of(String verb) {
    String[] listed = verb.split("/");
    String base = listed[0];
    List<Conjugation.Inflected> forms = new ArrayList<>(6);
    forms.add(new Conjugation.Inflected(base, Conjugation.Form.INFINITIVE));
    forms.add(new Conjugation.Inflected(base, Conjugation.Form.FINITE));
    if (listed.length == 5) {
      forms.add(new Conjugation.Inflected(listed[1], Conjugation.Form.FINITE));
      forms.add(new Conjugation.Inflected(listed[2], Conjugation.Form.FINITE));
      forms.add(new Conjugation.Inflected(listed[3], Conjugation.Form.PARTICIPLE));
      forms.add(new Conjugation.Inflected(listed[4], Conjugation.Form.GERUND));
      return forms;
    }
    boolean mute = base.endsWith("e");
    boolean changing = base.endsWith("y") && !isVowel(base.charAt(base.length() - 2));
    String stem = mute || changing ? base.substring(0, base.length() - 1) : base;
    boolean hissing =
        base.endsWith("s") || base.endsWith("sh") || base.endsWith("ch") || base.endsWith("x");
    forms.add(
        new Conjugation.Inflected(
            changing ? stem + "ies" : hissing ? base + "es" : base + "s", Conjugation.Form.FINITE));
    String past = changing ? stem + "ied" : stem + "ed";
    forms.add(new Conjugation.Inflected(past, Conjugation.Form.FINITE));
    forms.add(new Conjugation.Inflected(past, Conjugation.Form.PARTICIPLE));
    forms.add(new Conjugation.Inflected((mute ? stem : base) + "ing", Conjugation.Form.GERUND));
    return forms;
  }

  /** Whether {@code form}, in lower case, can be the past of a regular verb. */
  public static boolean canBePast(String form) {
    return form.length() > 4 && form.endsWith("ed") && !form.endsWith("eed");
  }

  private static boolean isVowel(char c) {
    return "aeiou".indexOf(c) >= 0;
  }
}
