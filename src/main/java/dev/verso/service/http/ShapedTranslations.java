package dev.verso.service.http;

import dev.verso.text.Cancellation;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import dev.verso.usecase.FileTranslation;
import dev.verso.usecase.TranslationDesk;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Strings in, strings out: line breaks, white space and tags are kept. */
@Component
public final class ShapedTranslations {

  /** What a string holds. */
  public enum Kind {
    TEXT,
    HTML,
    XML
  }

  private final TranslationDesk desk;
  private final FileTranslation files;

  public ShapedTranslations(TranslationDesk desk) {
    this.desk = desk;
    this.files = new FileTranslation(desk);
  }

  /** The translation of each text. */
  public List<String> translate(
      List<String> texts, Kind kind, TranslationOptions options, Cancellation cancellation) {
    if (kind == Kind.TEXT) {
      return desk.translateTexts(texts, options, Progress.SILENT, cancellation);
    }
    List<String> translated = new ArrayList<>();
    for (String text : texts) {
      translated.add(
          kind == Kind.HTML
              ? files.translateHtml(text, options, Progress.SILENT, cancellation)
              : files.translateXml(text, options, Progress.SILENT, cancellation));
    }
    return translated;
  }
}
