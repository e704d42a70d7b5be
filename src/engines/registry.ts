import { aurora } from './aurora/index.js';
import { cassandra } from './cassandra/index.js';
import { elasticache } from './elasticache/index.js';
import { elasticsearch } from './elasticsearch/index.js';
import type { Engine } from './engine.js';
import { hadoop } from './hadoop/index.js';
import { kafka } from './kafka/index.js';
import { kubernetes } from './kubernetes/index.js';
import { opensearch } from './opensearch/index.js';
import { redis } from './redis/index.js';
import { server } from './server/index.js';

/** Every system that Faultline knows, in the order in which it is offered. One line each. */
export const engines: readonly Engine[] = [
    redis,
    server,
    kafka,
    aurora,
    elasticache,
    kubernetes,
    hadoop,
    elasticsearch,
    opensearch,
    cassandra,
];

/** The engine that stands behind the word in `cluster NAME: ENGINE`; undefined for a word that none claims. */
export function findEngine(name: string): Engine | undefined {
    return engines.find((engine) => engine.name === name);
}
