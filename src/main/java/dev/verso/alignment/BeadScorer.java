package dev.verso.alignment;

/** Log-odds, in nats, of beads against sentences that stand for themselves. */
interface BeadScorer {
  /**
   * Score of the bead over source sentences [i, i + a) and target sentences [j, j + b), prior
   * included.
   *
   * @param type index into {@link BeadType#ALL}, whose sizes are a and b
   */
  double bead(int type, int i, int j);

  /** Score of leaving source sentence i untranslated, without the cost of opening a run. */
  double sourceNull(int i);

  /** Score of target sentence j translating nothing, without the cost of opening a run. */
  double targetNull(int j);

  /** Score of opening a run of untranslated source sentences. */
  double openSource();

  /** Score of opening a run of added target sentences. */
  double openTarget();
}
