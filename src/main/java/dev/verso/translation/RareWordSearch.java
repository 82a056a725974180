package dev.verso.translation;

import dev.verso.decoding.Constraints;
import dev.verso.decoding.Hypothesis;
import dev.verso.decoding.RequiredPhrase;
import dev.verso.decoding.SearchOptions;
import dev.verso.model.TranslationModel;
import dev.verso.text.Cancellation;
import dev.verso.text.TextSpan;
import dev.verso.translation.DecodingQueue.Input;
import dev.verso.translation.RareWordPlaces.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Searches again for {@link RareWords} that translations lack.
 *
 * <p>First in their places ({@link RareWordPlaces}): what stands before the network's word stays,
 * the dictionary's follows, and the network writes the rest anew, which then reads on from "a cable
 * car" instead of "a telescope". So one word after the other, from left to right, at most {@value
 * #MOST_WORDS}; each costs at most {@value #MOST_COST} nats, {@value #MOST_COST_WHERE_RID} if it
 * rids the translation of a word that does not exist.
 *
 * <p>Then all that are still missing at once, as {@link RequiredPhrase}s anywhere, and once more
 * for what that loses of those that were there; for at most {@value #MOST_COST_A_PIECE} nats a
 * piece of the translation, or as much as a glossary's terms.
 *
 * <p>Either is taken only if it is as sound as without. Immutable and thread-safe.
 */
final class RareWordSearch {

  /** Words of one input that are put in their places: each takes a search. */
  private static final int MOST_WORDS = 4;

  /** Beyond it, the network knows better (decision 16). */
  private static final double MOST_COST = 9;

  private static final double MOST_COST_WHERE_RID = 15;

  private static final double MOST_COST_A_PIECE = 0.25;

  private static final Pattern STOP = Pattern.compile("[.!?](?=\\s|$)");
  private static final Pattern TWICE = Pattern.compile("(?iu)\\b(\\p{L}+) \\1\\b");

  private final ConstrainedSearch search;
  private final TranslationModel model;
  private final RareWordPlaces places;

  /** Pieces that continue a word: a beginning ends with one. */
  private final Set<Integer> continuing;

  RareWordSearch(ConstrainedSearch search, TranslationModel model, RareWordPlaces places) {
    this.search = search;
    this.model = model;
    this.places = places;
    this.continuing =
        IntStream.range(0, model.network().vocabularySize())
            .filter(id -> beginsWithALetter(model.targetTokenizer().textOf(id)))
            .boxed()
            .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean beginsWithALetter(String piece) {
    return !piece.isEmpty() && Character.isLetter(piece.charAt(0));
  }

  /** Replaces those of a batch's translations that lack rare words and are as sound with them. */
  void search(
      List<Input> batch,
      List<DecodedPart> chosen,
      SearchOptions options,
      Cancellation cancellation) {
    searchInPlace(batch, chosen, options, cancellation);
    searchAnywhere(batch, chosen, options, cancellation);
  }

  private void searchInPlace(
      List<Input> batch,
      List<DecodedPart> chosen,
      SearchOptions options,
      Cancellation cancellation) {
    List<Set<TextSpan>> tried = new ArrayList<>();
    batch.forEach(input -> tried.add(new HashSet<>()));
    for (int round = 0; round < MOST_WORDS; round++) {
      List<Integer> open = new ArrayList<>();
      List<Place> own = new ArrayList<>();
      List<Constraints> constraints = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        Optional<Place> place = places.first(chosen.get(i), tried.get(i)::contains);
        if (place.isPresent()) {
          open.add(i);
          own.add(place.get());
          tried.get(i).add(place.get().word().span());
          List<RequiredPhrase> required = batch.get(i).required();
          constraints.add(new Constraints(required, place.get().beginnings(), continuing));
        }
      }
      if (open.isEmpty()) {
        return;
      }
      List<Input> inputs = open.stream().map(batch::get).toList();
      List<DecodedPart> found = search.choose(inputs, constraints, options, cancellation);
      for (int k = 0; k < open.size(); k++) {
        int i = open.get(k);
        List<RequiredPhrase> required = batch.get(i).required();
        if (hasOneMore(found.get(k), chosen.get(i), own.get(k).word(), required)
            && isAsSoundInPlace(found.get(k), chosen.get(i), own.get(k).word(), required)) {
          chosen.set(i, found.get(k));
        }
      }
    }
  }

  /** Whether a translation is whole, has a rare word and no other less than before. */
  private boolean hasOneMore(
      DecodedPart with, DecodedPart without, RareWords.Lost word, List<RequiredPhrase> required) {
    List<RareWords.Lost> lost = places.lost(with);
    return with.hypothesis().outcome() == Hypothesis.Outcome.COMPLETE
        && lost.stream().noneMatch(other -> other.span().equals(word.span()))
        && lost.size() < places.lost(without).size()
        && with.holds(required, model.targetTokenizer());
  }

  private boolean isAsSoundInPlace(
      DecodedPart with, DecodedPart without, RareWords.Lost word, List<RequiredPhrase> required) {
    int pieces = with.hypothesis().logProbabilities().size();
    List<RequiredPhrase> phrases =
        List.of(search.phrase(with.encoding().spans(), word.span(), word.forms()));
    return isAsSound(
        with, without, required, phrases, MOST_COST / pieces, MOST_COST_WHERE_RID / pieces);
  }

  private void searchAnywhere(
      List<Input> batch,
      List<DecodedPart> chosen,
      SearchOptions options,
      Cancellation cancellation) {
    List<List<RequiredPhrase>> once = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      once.add(withWantedWords(chosen.get(i), batch.get(i).required()));
    }
    List<DecodedPart> first = new ArrayList<>(chosen);
    search.again(batch, once, first, options, cancellation);
    List<List<RequiredPhrase>> twice = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      boolean held = !once.get(i).isEmpty() && !first.get(i).equals(chosen.get(i));
      twice.add(held ? withWantedWords(first.get(i), once.get(i)) : List.of());
    }
    List<DecodedPart> second = new ArrayList<>(chosen);
    search.again(batch, twice, second, options, cancellation);
    for (int i = 0; i < batch.size(); i++) {
      List<RequiredPhrase> required = batch.get(i).required();
      DecodedPart without = chosen.get(i);
      if (!twice.get(i).isEmpty() && isAsSound(second.get(i), without, required, twice.get(i))) {
        chosen.set(i, second.get(i));
      } else if (!once.get(i).isEmpty()
          && isAsSound(first.get(i), without, required, once.get(i))) {
        chosen.set(i, first.get(i));
      }
    }
  }

  /**
   * The rare words that a translation lacks and what else has to stay; nothing if it lacks none.
   */
  private List<RequiredPhrase> withWantedWords(DecodedPart part, List<RequiredPhrase> required) {
    List<RareWords.Lost> lost = places.wanted(part);
    if (lost.isEmpty() || !part.holds(required, model.targetTokenizer())) {
      return List.of();
    }
    List<RequiredPhrase> wanted = new ArrayList<>(required);
    for (RareWords.Lost word : lost) {
      RequiredPhrase one = search.phrase(part.encoding().spans(), word.span(), word.forms());
      if (wanted.stream().noneMatch(p -> p.from() < one.to() && one.from() < p.to())) {
        wanted.add(one);
      }
    }
    return wanted.size() > required.size() ? wanted : List.of();
  }

  private boolean isAsSound(
      DecodedPart with,
      DecodedPart without,
      List<RequiredPhrase> required,
      List<RequiredPhrase> words) {
    return isAsSound(
        with, without, required, words, MOST_COST_A_PIECE, ConstrainedSearch.MOST_COST);
  }

  /**
   * Whether a translation with a dictionary's words is as sound as the one without: near in
   * probability, less near if it is rid of a word that does not exist, no such word more, no number
   * and no name lost, no word put behind the end or said twice.
   */
  private boolean isAsSound(
      DecodedPart with,
      DecodedPart without,
      List<RequiredPhrase> required,
      List<RequiredPhrase> words,
      double mostCost,
      double mostCostWhereRid) {
    int rid = search.invented(without, words) - search.invented(with, words);
    return rid >= 0
        && ConstrainedSearch.cost(with, without) <= (rid > 0 ? mostCostWhereRid : mostCost)
        && with.losses() <= without.losses()
        && search.lostNames(with, required).size() <= search.lostNames(without, required).size()
        && count(STOP, with) <= count(STOP, without)
        && count(TWICE, with) <= count(TWICE, without);
  }

  private static long count(Pattern pattern, DecodedPart part) {
    return pattern.matcher(part.decoded().text()).results().count();
  }
}
