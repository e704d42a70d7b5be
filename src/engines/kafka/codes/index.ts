import type { CodeSpec } from '../../engine.js';
import { clusterCodes } from './clusters.js';
import { topicCodes } from './topics.js';

/** What the checks of Kafka may report. */
export const codes: readonly CodeSpec[] = [...topicCodes, ...clusterCodes];
