import type { Engine } from '../engine.js';
import { useProperty } from '../shared/checks/fixes.js';
import { behaviour } from './behaviour/index.js';
import { codes } from './checks/codes.js';
import { check, quorums } from './checks/index.js';
import { place } from './placement.js';
import { etcdMembers, isWorker } from './roles.js';
import { rules } from './rules/index.js';
import { settings } from './settings/index.js';
import { documentation, groupWords, roles, snippet, versions } from './vocabulary.js';

/** A control plane over etcd, and pods on workers. */
export const kubernetes: Engine = {
    name: 'kubernetes',
    title: 'Kubernetes',
    documentation,
    versions,
    roles,
    groupWords,
    singleService: false,
    controlPlane: {
        leader: 'etcd leader',
        serves: true,
        candidates: (members) => etcdMembers(members).map(({ node }) => node),
    },
    drains: true,
    holds: isWorker,
    settings,
    keepsApart: {
        help: 'Write `spread zone` in the group.',
        fixes: ({ group }) => (group === undefined ? [] : [useProperty(group.source, 'spread', 'zone')]),
    },
    snippet,
    place,
    quorums,
    check,
    codes,
    rules,
    behaviour,
};
