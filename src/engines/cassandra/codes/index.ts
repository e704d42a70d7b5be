import type { CodeSpec } from '../../engine.js';
import { consistencyCodes } from './consistency.js';
import { copyCodes } from './copies.js';
import { nodeCodes } from './nodes.js';

/** What the checks of Cassandra may report. */
export const codes: readonly CodeSpec[] = [...copyCodes, ...nodeCodes, ...consistencyCodes];
