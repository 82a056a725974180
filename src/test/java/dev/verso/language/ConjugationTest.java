package dev.verso.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConjugationTest {

  private static List<String> forms(String verb, Conjugation.Form form) {
    return Conjugation.of(verb).stream()
        .filter(inflected -> inflected.form() == form)
        .map(Conjugation.Inflected::text)
        .collect(Collectors.toList());
  }

  @Test
  void regularVerbsChangeTheirSpelling() {
    Map.of(
            "annoncer", List.of("annonce", "annonçait", "annonçons", "annonça", "annoncèrent"),
            "juger", List.of("juge", "jugeait", "jugeons", "jugea", "jugèrent"),
            "espérer", List.of("espère", "espérait", "espérera", "espèrera", "espérons"),
            "rappeler", List.of("rappelle", "rappelait", "rappellera", "rappelons"),
            "relever", List.of("relève", "relevait", "relèvera", "relevons"),
            "rejeter", List.of("rejette", "rejetait", "rejettera"),
            "avertir", List.of("avertit", "avertissait", "avertira", "avertissent"),
            "essayer", List.of("essaie", "essayait", "essaiera"))
        .forEach(
            (verb, expected) ->
                assertThat(forms(verb, Conjugation.Form.FINITE)).as(verb).containsAll(expected));
  }

  @Test
  void irregularVerbsFollowTheirPattern() {
    Map.of(
            "dire", List.of("dit", "disait", "dira", "diront", "disent", "dirait", "dise"),
            "écrire", List.of("écrit", "écrivait", "écrivit", "écrira", "écrivent"),
            "promettre", List.of("promet", "promettait", "promit", "promettra"),
            "reconnaître", List.of("reconnaît", "reconnaissait", "reconnut", "reconnaîtra"),
            "prévenir", List.of("prévient", "prévenait", "prévint", "préviendra"),
            "démentir", List.of("dément", "démentait", "démentit", "démentira"),
            "prétendre", List.of("prétend", "prétendait", "prétendit", "prétendra"),
            "croire", List.of("croit", "croyait", "crut", "croira", "croient"))
        .forEach(
            (verb, expected) ->
                assertThat(forms(verb, Conjugation.Form.FINITE)).as(verb).containsAll(expected));
    assertThat(forms("reconnaître", Conjugation.Form.PARTICIPLE)).contains("reconnu", "reconnues");
    assertThat(forms("naître", Conjugation.Form.PARTICIPLE)).contains("né", "nées");
    assertThat(forms("prédire", Conjugation.Form.GERUND)).containsExactly("prédisant");
  }

  @Test
  void englishVerbsToo() {
    assertThat(EnglishForms.of("argue").stream().map(Conjugation.Inflected::text))
        .containsExactly("argue", "argue", "argues", "argued", "argued", "arguing");
    assertThat(EnglishForms.of("reply").stream().map(Conjugation.Inflected::text))
        .contains("replies", "replied", "replying");
  }
}
