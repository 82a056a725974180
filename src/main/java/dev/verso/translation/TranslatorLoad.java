package dev.verso.translation;

/**
 * How busy a translator is and was.
 *
 * @param interactiveWaiting inputs of the interactive lane in line
 * @param bulkWaiting inputs of the bulk lane in line
 * @param batches batches decoded since it was opened
 * @param decoded inputs decoded since then; by {@code batches}, how full a batch is
 * @param tasks other turns of the decoder's threads since then: passes of the network for word
 *     links and for given translations
 * @param cacheHits inputs that were known already
 * @param cacheMisses inputs that had to be decoded though there is a cache
 */
public record TranslatorLoad(
    int interactiveWaiting,
    int bulkWaiting,
    long batches,
    long decoded,
    long tasks,
    long cacheHits,
    long cacheMisses) {}
