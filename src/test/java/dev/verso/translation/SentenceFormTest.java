package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How sentences begin and end. */
class SentenceFormTest {

  private static final SentenceForm KEPT = new SentenceForm(Splitting.AUTO, true);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "le maire a dit non|The mayor said no.|the mayor said no",
        "Le maire a dit non.|the mayor said no|The mayor said no.",
        "je suis parti|I left.|I left",
        "j’ai faim|I'm hungry|I'm hungry",
        "il est à l’ONU|UN is where he is|UN is where he is",
        "« le chat|\"The cat.|\"the cat",
        "Il dort…|He sleeps|He sleeps…",
        "et puis...|And then...|and then...",
        "à suivre|To be continued...|to be continued...",
        "12|12|12"
      })
  void aTranslationKeepsThem(String source, String target, String kept) {
    assertThat(KEPT.of(source, target)).isEqualTo(kept);
    assertThat(SentenceForm.DEFAULT.of(source, target)).isEqualTo(target);
  }
}
