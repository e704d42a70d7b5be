import { sixCaches, webServers } from './files.js';
import type { CodePage } from './page.js';

/** What can be wrong about the words of an engine and about settings. */
export const wordCodes: readonly CodePage[] = [
    {
        code: 'language/unknown-engine',
        title: 'An engine that is not known',
        why: 'The engine says how a system places its data and how it fails; without one nothing can be said about the cluster.',
        fix: 'Write the name of a known engine; `faultline explain` lists them.',
        example: webServers().replace('web: server', 'web: servr'),
        remedy: webServers(),
    },
    {
        code: 'language/unknown-word',
        title: 'A statement that the engine does not have',
        why: 'Each system has its own word for what it keeps: shards, topics, indices. Another one means nothing to it.',
        fix: 'Use a word of the engine.',
        example: sixCaches('shrds s-[1..3] { replicas 1 }'),
        remedy: sixCaches('shards s-[1..3] { replicas 1 }'),
    },
    {
        code: 'language/unknown-version',
        title: 'A version that is not known',
        why: 'The version decides which defaults and rules count. Those of an unknown one may differ from the ones that are taken instead.',
        fix: 'Write a version that is known, or leave it out: then the newest known one counts.',
        example: sixCaches('shards s-[1..3] { replicas 1 }').replace('redis', 'redis "99.0"'),
        remedy: sixCaches('shards s-[1..3] { replicas 1 }').replace('redis', 'redis "7.2"'),
    },
    {
        code: 'language/unknown-role',
        title: 'A role that the engine does not have',
        why: 'The node would do nothing of the kind in the real system.',
        fix: 'Use a role of the engine, or leave the role out.',
        example: webServers('node web-3 in dc.a as emperor'),
        remedy: webServers('node web-3 in dc.a'),
    },
    {
        code: 'language/unknown-property',
        title: 'A property that does not exist here',
        why: 'Nothing would come of it, and what was meant is missing.',
        fix: 'Correct the spelling, or move the property to where it belongs.',
        example: webServers('node web-3 in dc.a { capactiy 500/s }'),
        remedy: webServers('node web-3 in dc.a { capacity 500/s }'),
    },
    {
        code: 'language/unknown-setting',
        title: 'A setting that is not known',
        why: 'It is left out of every answer. If it is misspelt, the real system ignores or refuses it as well.',
        fix: 'Check the spelling. A setting of the real system that changes no answer may stay; it is passed over.',
        example: sixCaches('shards s-[1..3] { replicas 1 }', 'settings { cluster-node-timout = 5000 }'),
        remedy: sixCaches('shards s-[1..3] { replicas 1 }', 'settings { cluster-node-timeout = 5000 }'),
    },
    {
        code: 'language/setting-value',
        title: 'A value that a setting cannot have',
        why: 'The real system would refuse it, so the default counts in every answer.',
        fix: 'Write a value of the kind that the message names; texts of several words stand in quotes.',
        example: sixCaches('shards s-[1..3] { replicas 1 }', 'settings { cluster-node-timeout = soon }'),
        remedy: sixCaches('shards s-[1..3] { replicas 1 }', 'settings { cluster-node-timeout = 5000 }'),
    },
    {
        code: 'language/setting-place',
        title: 'A setting where it has no effect',
        why: 'The real system knows this setting at another level, and here it changes nothing.',
        fix: 'Move it to the settings of the level that the message names.',
        example: sixCaches('shards s-[1..3] { replicas 1  settings { cluster-node-timeout = 5000 } }'),
        remedy: sixCaches('shards s-[1..3] { replicas 1 }', 'settings { cluster-node-timeout = 5000 }'),
    },
    {
        code: 'language/plural',
        title: '`node` in front of a range, or `nodes` in front of one name',
        why: 'The word tells a reader whether to expect one node or many.',
        fix: 'Write `nodes` with a range and `node` with a single name.',
        example: webServers('nodes web-3 in dc.a'),
        remedy: webServers('node web-3 in dc.a'),
    },
];
