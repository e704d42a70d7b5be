import type { Engine } from '../engine.js';
import { behaviour } from './behaviour/index.js';
import { codes } from './checks/codes.js';
import { check } from './checks/index.js';
import { place } from './placement.js';
import { rules } from './rules/index.js';
import { documentation, settings, snippet } from './vocabulary.js';

/** Plain servers behind one address, all active or one active and others waiting. */
export const server: Engine = {
    name: 'server',
    title: 'Server cluster',
    documentation,
    versions: [],
    roles: [],
    groupWords: [],
    singleService: true,
    settings,
    snippet,
    place,
    quorums: () => [],
    check,
    codes,
    rules,
    behaviour,
};
