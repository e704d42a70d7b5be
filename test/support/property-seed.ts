/**
 * Random cases of property tests are the same in every run, so that a change is judged by what it changes. `FC_SEED=random`
 * draws others, and a number repeats those of another run.
 */
import fc from 'fast-check';

const USUAL_SEED = 20_261_122;
const wanted = process.env['FC_SEED'] ?? String(USUAL_SEED);

if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
