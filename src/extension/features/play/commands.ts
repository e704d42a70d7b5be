/** Arguments: none, or the document's URI and the scenario's name, and {@link STOP_AT_FAILURE} or nothing. */
export const PLAY_COMMAND = 'faultline.playScenario';
/** Arguments: none, or the document's URI and the objective's name. */
export const SHOW_COUNTEREXAMPLE_COMMAND = 'faultline.showCounterexample';

/** The playhead is to stand where the first clause fails, and not at the first step. */
export const STOP_AT_FAILURE = 'stop-at-failure';
