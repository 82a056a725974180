package dev.verso.translation;

import dev.verso.translation.EditedText.Edit;
import dev.verso.translation.Numbers.Numeral;
import java.util.List;

/** Where one number became another, the source has the right one. */
final class NumberRepair implements Repair {

  @Override
  public List<Edit> edits(Translated translated) {
    List<Numeral> source = Numbers.in(translated.input());
    List<Numeral> target = Numbers.in(translated.text());
    List<Numeral> lost = Numbers.missing(source, target);
    List<Numeral> invented = Numbers.missing(target, source);
    if (lost.size() != 1 || invented.size() != 1) {
      return List.of();
    }
    String right = inEnglish(lost.get(0).span().of(translated.input()));
    return List.of(new Edit(invented.get(0).span(), right));
  }

  /** A French number in English style: {@code 1 234,5} is {@code 1,234.5}. */
  static String inEnglish(String french) {
    StringBuilder out = new StringBuilder();
    boolean decimals = french.chars().filter(c -> c == ',').count() == 1;
    for (int i = 0; i < french.length(); i++) {
      char c = french.charAt(i);
      if (c >= '0' && c <= '9') {
        out.append(c);
      } else if (c == ',') {
        out.append(decimals ? '.' : ',');
      } else {
        boolean group = i + 3 < french.length() && french.length() - i > 3;
        out.append(c == '.' && !group ? '.' : ',');
      }
    }
    return out.toString();
  }
}
