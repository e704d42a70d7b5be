/** Node 20 lacks `Object.groupBy`, which the parser library calls. Preload: `node --import ./scripts/polyfill.mjs`. */
import 'object.groupby/auto';
