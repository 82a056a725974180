package dev.verso.translation;

import dev.verso.text.TextSpan;
import dev.verso.translation.EditedText.Edit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is asked or exclaimed does not end with a full stop: the source's mark takes its place. */
final class EndMarkRepair implements Repair {

  private static final Pattern MARK = Pattern.compile("[!?](?=[\\s»”\"’')]*$)");
  private static final Pattern STOP = Pattern.compile("(?<![.!?])\\.(?=[\\s”\"’')]*$)");

  @Override
  public List<Edit> edits(Translated translated) {
    Matcher mark = MARK.matcher(translated.input());
    Matcher stop = STOP.matcher(translated.text());
    return mark.find() && stop.find()
        ? List.of(new Edit(new TextSpan(stop.start(), stop.end()), mark.group()))
        : List.of();
  }
}
