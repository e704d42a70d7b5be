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
    drains: true,
    controlPlane: {
        leader: 'active NameNode',
        serves: true,
        candidates: (members) => membersAs(members, 'namenode').map(({ node }) => node),
    },
    holds: isDatanode,
    settings,
    keepsApart: {
        help: 'Let the racks of the DataNodes follow the zones: leave `rack` out, or give each zone racks of its own.',
        fixes: () => [],
    },
    unfitEndpoints: {
        vip: {
            why: 'Clients know both NameNodes and read blocks from the DataNodes themselves, so an address in front of them helps nobody.',
            instead: 'Use `endpoint discovery`: clients find the NameNodes by the name of the service.',
            replacement: 'endpoint discovery',
        },
        'load-balancer': {
            why: 'A standby NameNode answers with an error, and blocks are read from the DataNodes themselves, so clients must know all of them.',
            instead: 'Use `endpoint discovery`: clients find the NameNodes by the name of the service.',
            replacement: 'endpoint discovery',
        },
    },
    snippet,
    place,
    quorums,
    check,
    codes,
    rules,
    behaviour,
};
