import type { Engine } from '../engine.js';
import { behaviour } from './behaviour/index.js';
import { codes } from './checks/codes.js';
import { check, quorums } from './checks/index.js';
import { place } from './placement.js';
import { isDatanode, membersAs } from './roles.js';
import { rules } from './rules/index.js';
import { settings } from './settings/index.js';
import { documentation, groupWords, roles, snippet, versions } from './vocabulary.js';

/** HDFS with its NameNodes, JournalNodes and DataNodes, and YARN beside it. */
export const hadoop: Engine = {
    name: 'hadoop',
    title: 'Hadoop',
    documentation,
    versions,
    roles,
    groupWords,
    singleService: false,
    controlPlane: {
        leader: 'active NameNode',
        serves: true,
        candidates: (members) => membersAs(members, 'namenode').map(({ node }) => node),
    },
    holds: isDatanode,
    settings,
    snippet,
    place,
    quorums,
    check,
    codes,
    rules,
    behaviour,
};
