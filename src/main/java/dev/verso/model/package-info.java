/**
 * Model files and the networks in them: manifest, tokenizer, the fast and the merged ONNX layout.
 *
 * <p>Enters: a model directory and piece ids. The only room that imports DJL or ONNX Runtime.
 *
 * <p>Invariants: token ids are read from the model's own files; whoever opens a tensor closes it; a
 * loaded model is shared by many threads.
 */
package dev.verso.model;
