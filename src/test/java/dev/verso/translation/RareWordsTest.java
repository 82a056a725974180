package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.engine.Engine;
import dev.verso.language.WordLists;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rare words are found where they stand, and missed where a translation has no form of them. */
class RareWordsTest {

  private final RareWords words = RareWords.shipped();

  private List<String> lost(String french, String english) {
    return words.lost(french, english).stream().map(one -> one.span().of(french)).toList();
  }

  @Test
  void whatATranslationHasInSomeFormIsNotLost() {
    assertThat(lost("La foudre a frappé le toit.", "The smell hit the roof."))
        .containsExactly("foudre");
    assertThat(lost("La foudre a frappé le toit.", "Lightning hit the roof.")).isEmpty();
    assertThat(lost("Il l’a atrophié, cet astéroïde.", "He atrophied it, this asteroid."))
        .isEmpty();
  }

  @Test
  void pluralsAndPhrasesAreFoundAndAsked() {
    String text = "Les astéroïdes filent.";
    List<RareWords.Lost> found = words.lost(text, "The strollers run.");
    assertThat(found).hasSize(1);
    assertThat(found.get(0).span().of(text)).isEqualTo("astéroïdes");
    assertThat(found.get(0).forms()).startsWith("asteroids", "asteroid");
    assertThat(lost("Une étoile filante passe.", "A star goes by.")).contains("étoile filante");
  }

  @Test
  void gradesAndPlurals() {
    assertThat(lost("Des sacs plus lourds.", "Long bags.")).containsExactly("lourds");
    assertThat(lost("Des sacs plus lourds.", "Heavier bags.")).isEmpty();
    assertThat(lost("Les sacs les plus lourds.", "The heaviest bags.")).isEmpty();
    assertThat(words.lost("Les cités dorment.", "The quotes sleep.").get(0).forms())
        .startsWith("cities", "city");
  }

  @Test
  void articles() {
    assertThat(List.of("ostrich", "hour", "Umbrella", "heirloom", "honour", "uninhabited"))
        .map(RareWordPlaces::article)
        .containsExactly("an", "an", "an", "an", "an", "an");
    assertThat(List.of("cable car", "user", "European", "one-off", "house", "unit", ""))
        .map(RareWordPlaces::article)
        .containsOnly("a");
  }

  @Test
  void feminines() {
    assertThat(lost("Des collines verdoyantes.", "Hills of the woods."))
        .containsExactly("verdoyantes");
    assertThat(lost("Des collines verdoyantes.", "Verdant hills.")).isEmpty();
    assertThat(lost("Une fonction rénale.", "A royal function.")).containsExactly("rénale");
    assertThat(lost("Une tentative.", "An attempt.")).isEmpty();
  }

  @Test
  void formsOfVerbs() {
    String text = "Blâmant le maire, ils s’emparèrent du pont.";
    List<RareWords.Lost> found = words.lost(text, "Basing the mayor, they occupied the bridge.");
    assertThat(found.get(0).forms()).contains("Blaming");
    assertThat(found.get(1).forms()).contains("seized");
    assertThat(lost(text, "They blame the mayor and seize the bridge.")).isEmpty();
    assertThat(lost("La grange fut incendiée.", "The barn was charged."))
        .containsExactly("incendiée");
    assertThat(lost("Le palier est étroit.", "The landing is narrow.")).isEmpty();
  }

  @Test
  void aSentencesFirstWordIsANameBeforeAnother() {
    assertThat(lost("Piquet Jr. est là.", "He is there.")).isEmpty();
    assertThat(lost("Piquet de garde.", "He is there.")).containsExactly("Piquet");
  }

  @Test
  void aListOfRareWordsIsLeftAlone() {
    List<String> rare =
        List.of("astéroïde", "foudre", "corbeau", "poète", "cécité", "aigle", "merle", "hibou");
    String text = "Voici : " + String.join(", ", rare);
    assertThat(lost(text + ".", "Here.")).containsExactlyElementsOf(rare);
    assertThat(lost(text + ", loutre.", "Here.")).isEmpty();
  }

  @Test
  void aNameIsOneInItsCapitalsOnly() {
    assertThat(lost("Il vit à Alep.", "He lives there.")).containsExactly("Alep");
    assertThat(lost("il vit à alep.", "he lives there.")).isEmpty();
    assertThat(lost("On lit le Colbert Report.", "We read it.")).isEmpty();
  }

  @Test
  void personsKeepTheirNames() {
    assertThat(lost("Le boulanger Alexandre Corbeau est là.", "The baker is there.")).isEmpty();
    assertThat(lost("Un corbeau est là.", "A cow is there.")).containsExactly("corbeau");
  }

  @Test
  void atASentencesBeginningACapitalMayBeAskedFor() {
    assertThat(words.lost("Astéroïde en vue !", "A stroller in sight!").get(0).forms())
        .startsWith("Asteroid")
        .contains("asteroid");
  }

  /** Each row of the dictionary is found in its own French, and not lost in its own English. */
  @Test
  void everyRowIsFoundAndKnown() {
    List<String> notFound = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String line : WordLists.lines(RareWords.class, "dictionary.tsv")) {
      String[] columns = line.split("\t", -1);
      assertThat(columns).as(line).hasSize(3);
      assertThat(seen.add(columns[0])).as("twice: " + line).isTrue();
      String text = "Il y a " + columns[0] + ".";
      List<RareWords.Lost> lost = words.lost(text, "0");
      if (PersonNames.in(text).isEmpty()
          && lost.stream().noneMatch(one -> one.span().equals(span(columns[0])))) {
        notFound.add(columns[0]);
      }
      for (String english : (columns[1] + "|" + columns[2]).split("\\|")) {
        assertThat(lost(text, "There is " + english + ".")).as(line).doesNotContain(columns[0]);
      }
    }
    assertThat(notFound).isEmpty();
  }

  private static TextSpan span(String french) {
    return new TextSpan(7, 7 + french.length());
  }

  @Test
  void theModelIsAskedAgain() {
    try (Engine engine = Engine.open()) {
      String english = engine.translate("Le poète parle de la cécité.").toString();
      assertThat(english).contains("poet").contains("blindness");
    }
  }

  /** The rest of the sentence is written anew behind the word: the article before it fits, too. */
  @Test
  void aWordIsPutInThePlaceOfAnother() {
    try (Engine engine = Engine.open()) {
      String walk = "Les touristes aiment se promener dans les ruelles de la vieille ville.";
      assertThat(engine.translate(walk).toString()).containsPattern("\\b(alley|lane)s?\\b");
      assertThat(engine.translate("Il a vu une autruche dans le jardin.").toString())
          .contains("an ostrich");
    }
  }
}
