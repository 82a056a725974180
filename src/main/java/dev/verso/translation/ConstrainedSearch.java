package dev.verso.translation;

import dev.verso.decoding.BeamSearch;
import dev.verso.decoding.Constraints;
import dev.verso.decoding.Hypothesis;
import dev.verso.decoding.LexicalSupport;
import dev.verso.decoding.RequiredPhrase;
import dev.verso.decoding.SearchOptions;
import dev.verso.decoding.ShallowFusion;
import dev.verso.decoding.Spelling;
import dev.verso.model.Attention;
import dev.verso.model.Encoding;
import dev.verso.model.TranslationModel;
import dev.verso.text.Cancellation;
import dev.verso.text.TextSpan;
import dev.verso.translation.DecodingQueue.Input;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Beam search for translations that hold what they have to: a glossary's terms, the source's {@link
 * Names} and its {@link RareWords}.
 *
 * <p>Each input is searched freely first. Of its hypotheses, ordered by {@link Adequacy}, the first
 * that loses no number and no placeholder is taken, or else the one that loses least. Most terms
 * and names come by themselves; only an input whose translation lacks one is searched again with
 * {@link RequiredPhrase}s, and what that finds is taken unless it costs more than {@value
 * #MOST_COST} nats a piece. Rare words are looked for by {@link RareWordSearch}.
 *
 * <p>Immutable and thread-safe. The translation of an input does not depend on its batch.
 */
final class ConstrainedSearch {

  /** Narrowest beam for a sentence with required phrases. */
  private static final int LEAST_BEAM_WITH_PHRASES = 8;

  /** Nats a piece that a required phrase may cost; beyond it, it is put in afterwards. */
  static final double MOST_COST = 0.7;

  private static final int WEIGHT_OF_PHRASES = 100;

  private final TranslationModel model;
  private final Optional<Spelling> spelling;
  private final Optional<LexicalSupport> support;
  private final Optional<ShallowFusion> fusion;
  private final Optional<Names> names;
  private final Optional<RareWordSearch> rareWords;

  ConstrainedSearch(
      TranslationModel model,
      Optional<Spelling> spelling,
      Optional<LexicalSupport> support,
      Optional<ShallowFusion> fusion,
      Optional<Names> names,
      Optional<RareWords> rareWords) {
    this.model = model;
    this.spelling = spelling;
    this.support = support;
    this.fusion = fusion;
    this.names = names;
    this.rareWords =
        support.flatMap(
            lexicon ->
                rareWords.map(
                    words ->
                        new RareWordSearch(
                            this, model, new RareWordPlaces(model, words, lexicon))));
  }

  /** What a glossary wants in the translation of a text. */
  List<RequiredPhrase> required(String input, Glossary glossary, Cancellation cancellation) {
    if (glossary.isEmpty()) {
      return List.of();
    }
    List<TextSpan> pieces = model.sourceTokenizer().encode(input).spans();
    return glossary.find(input, cancellation).stream()
        .map(occurrence -> phrase(pieces, occurrence.span(), Glossary.forms(occurrence)))
        .toList();
  }

  /** What is to stand for the source's pieces in a span. */
  RequiredPhrase phrase(List<TextSpan> pieces, TextSpan span, List<String> forms) {
    int from = 0;
    while (from < pieces.size() && pieces.get(from).end() <= span.start()) {
      from++;
    }
    int to = from;
    while (to < pieces.size() && pieces.get(to).start() < span.end()) {
      to++;
    }
    return new RequiredPhrase(
        forms.stream().map(form -> model.targetTokenizer().encode(form).ids()).toList(), from, to);
  }

  /** The names that a translation lacks, but for those that a phrase translates. */
  List<RequiredPhrase> lostNames(DecodedPart part, List<RequiredPhrase> phrases) {
    List<RequiredPhrase> lost = new ArrayList<>();
    for (TextSpan name :
        names.map(n -> n.lost(part.input(), part.decoded().text())).orElse(List.of())) {
      RequiredPhrase one = phrase(part.encoding().spans(), name, List.of(name.of(part.input())));
      if (phrases.stream().noneMatch(p -> p.from() < one.to() && one.from() < p.to())) {
        lost.add(one);
      }
    }
    return lost;
  }

  /** Translates a batch; one result for each input. */
  List<DecodedPart> search(List<Input> batch, SearchOptions options, Cancellation cancellation) {
    List<Constraints> nothing = Collections.nCopies(batch.size(), Constraints.NONE);
    List<DecodedPart> chosen = new ArrayList<>(choose(batch, nothing, options, cancellation));
    List<List<RequiredPhrase>> terms = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      List<RequiredPhrase> required = batch.get(i).required();
      terms.add(chosen.get(i).holds(required, model.targetTokenizer()) ? List.of() : required);
    }
    again(batch, terms, chosen, options, cancellation);
    List<List<RequiredPhrase>> withNames = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      List<RequiredPhrase> required = batch.get(i).required();
      List<RequiredPhrase> lost = lostNames(chosen.get(i), required);
      List<RequiredPhrase> wanted = new ArrayList<>(lost);
      if (!lost.isEmpty() && chosen.get(i).holds(required, model.targetTokenizer())) {
        wanted.addAll(required);
      }
      withNames.add(wanted);
    }
    again(batch, withNames, chosen, options, cancellation);
    rareWords.ifPresent(words -> words.search(batch, chosen, options, cancellation));
    return chosen;
  }

  /** Nats a piece that one translation is worse than another. */
  static double cost(DecodedPart part, DecodedPart other) {
    return other.hypothesis().scorePerPiece() - part.hypothesis().scorePerPiece();
  }

  /** How many words do not exist; those of the phrases do. */
  int invented(DecodedPart part, List<RequiredPhrase> phrases) {
    return spelling
        .map(known -> known.invented(part.encoding().ids(), phrases, part.decoded().text()).size())
        .orElse(0);
  }

  /** Searches for what holds the phrases, where there are any, and takes it at a bearable cost. */
  void again(
      List<Input> batch,
      List<List<RequiredPhrase>> phrases,
      List<DecodedPart> chosen,
      SearchOptions options,
      Cancellation cancellation) {
    List<Integer> lacking =
        IntStream.range(0, batch.size()).filter(i -> !phrases.get(i).isEmpty()).boxed().toList();
    if (lacking.isEmpty()) {
      return;
    }
    // Required phrases share the beam's places, and each wants some.
    SearchOptions wide =
        new SearchOptions(
            Math.max(options.beam(), LEAST_BEAM_WITH_PHRASES),
            options.lengthPenalty(),
            options.maxLengthFactor(),
            options.maxLengthConstant());
    List<DecodedPart> held =
        choose(
            lacking.stream().map(batch::get).toList(),
            lacking.stream().map(phrases::get).map(Constraints::of).toList(),
            wide,
            cancellation);
    for (int i = 0; i < lacking.size(); i++) {
      int at = lacking.get(i);
      DecodedPart with = held.get(i);
      if (with.hypothesis().outcome() == Hypothesis.Outcome.COMPLETE
          && cost(with, chosen.get(at)) <= MOST_COST
          && with.holds(phrases.get(at), model.targetTokenizer())) {
        chosen.set(at, with);
      }
    }
  }

  /** The soundest of what a search under constraints finds, for each input. */
  List<DecodedPart> choose(
      List<Input> batch,
      List<Constraints> constraints,
      SearchOptions options,
      Cancellation cancellation) {
    List<List<Integer>> sources = batch.stream().map(input -> input.encoding().ids()).toList();
    List<List<Hypothesis>> found =
        new BeamSearch(model.network(), options, spelling, support, fusion)
            .search(sources, constraints, cancellation);
    List<DecodedPart> chosen = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Input input = batch.get(i);
      List<Hypothesis> ranked = found.get(i);
      if (support.isPresent()) {
        ranked = Adequacy.ranked(input.text(), ranked, options, model.targetTokenizer());
      }
      DecodedPart best = null;
      int least = Integer.MAX_VALUE;
      for (Hypothesis hypothesis : ranked) {
        DecodedPart part = part(input.text(), input.encoding(), hypothesis, ranked);
        boolean holds = part.holds(constraints.get(i).phrases(), model.targetTokenizer());
        int losses = part.losses() + (holds ? 0 : WEIGHT_OF_PHRASES);
        if (losses < least) {
          best = part;
          least = losses;
        }
      }
      chosen.add(onTime(best));
    }
    return chosen;
  }

  /** A part, and behind it what else was found and loses no more of the source, best first. */
  List<DecodedPart> ranking(DecodedPart chosen) {
    List<DecodedPart> ranking = new ArrayList<>();
    ranking.add(chosen);
    for (Hypothesis hypothesis : chosen.found()) {
      DecodedPart part = part(chosen.input(), chosen.encoding(), hypothesis, chosen.found());
      if (hypothesis.outcome() == Hypothesis.Outcome.COMPLETE
          && !hypothesis.ids().equals(chosen.hypothesis().ids())
          && part.losses() <= chosen.losses()) {
        ranking.add(onTime(part));
      }
    }
    return ranking;
  }

  private DecodedPart part(
      String input, Encoding encoding, Hypothesis hypothesis, List<Hypothesis> found) {
    return new DecodedPart(
        input, encoding, hypothesis, model.targetTokenizer().decode(hypothesis.ids()), found);
  }

  private DecodedPart onTime(DecodedPart part) {
    Hypothesis found = part.hypothesis();
    Attention attention = found.attention().onTime(model.network().attentionShift());
    return new DecodedPart(
        part.input(),
        part.encoding(),
        new Hypothesis(
            found.ids(), found.logProbabilities(), attention, found.outcome(), found.rank()),
        part.decoded(),
        part.found());
  }
}
