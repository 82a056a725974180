package dev.verso.alignment;

/**
 * What speaks for and against two sentences being translations, without a neural network.
 *
 * @param length |δ| of Gale and Church (1993): how far the lengths are from those of translations,
 *     in standard deviations
 * @param forward mean over target words of ln (λ + (1 − λ) p(t | source) / p(t)), nats: IBM model 1
 *     odds against chance, each at most {@value PairComparison#MOST}
 * @param backward the same over source words
 * @param sourceCoverage share of the source words' information (−ln frequency) that some target
 *     word translates, in [0, 1]
 * @param targetCoverage the same of the target's words
 * @param numbersShared numbers in digits that stand on both sides
 * @param numbersApart numbers in digits that stand on one side only
 * @param sourceWords words of the source
 * @param targetWords words of the target
 * @param same share of words that stand on both sides unchanged, in [0, 1]; 1 for a copy
 * @param concordance share of pairs of telling words that stand in the same order as their
 *     translations, in [0, 1]; {@value PairComparison#USUAL} where there are too few to tell
 * @param links telling words of the target whose translation was found
 * @param sourceFrench mean ln odds that the source's words are French rather than English, nats
 * @param targetEnglish mean ln odds that the target's words are English rather than French, nats
 * @param sourceUnknown share of the source's words that the lexicon has never seen in French
 * @param targetUnknown share of the target's words that the lexicon has never seen in English
 * @param namesApart names that no lexicon knows and that stand on one side only
 */
public record PairFeatures(
    double length,
    double forward,
    double backward,
    double sourceCoverage,
    double targetCoverage,
    int numbersShared,
    int numbersApart,
    int sourceWords,
    int targetWords,
    double same,
    double concordance,
    int links,
    double sourceFrench,
    double targetEnglish,
    double sourceUnknown,
    double targetUnknown,
    int namesApart) {}
