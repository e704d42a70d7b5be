import type { Engine } from '../engine.js';
import { behaviour } from './behaviour/index.js';
import { check } from './checks/index.js';
import { codes } from './codes/index.js';
import { place } from './placement.js';
import { rules } from './rules/index.js';
import { settings } from './settings/index.js';
import { documentation, groupWords, snippet } from './vocabulary.js';

/** Apache Cassandra: a ring of equal nodes, with copies of each token range in several racks and datacenters. */
export const cassandra: Engine = {
    name: 'cassandra',
    title: 'Apache Cassandra',
    documentation,
    versions: ['3.11', '4.0', '4.1', '5.0'],
    roles: [],
    groupWords,
    singleService: false,
    settings,
    snippet,
    place,
    // Nobody votes: each request needs answers from so many copies, and each node judges for itself who is down.
    quorums: () => [],
    check,
    codes,
    rules,
    behaviour,
};
