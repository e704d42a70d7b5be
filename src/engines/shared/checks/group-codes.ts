/** Pages about what a file says and the system, or its version, does not know. */
import type { CodeSpec } from '../../engine.js';
import { sessions } from './files.js';

const SOUND = sessions('shards s-[1..3] { replicas 1 }');

export const groupCodes: readonly CodeSpec[] = [
    {
        code: 'topology/spread-ignored',
        title: 'A spread that the system does not know',
        why: 'Not every system can be told per group how to spread copies. Where it cannot, `spread` changes nothing, here as there.',
        fix: 'Remove `spread`, and use what the message names.',
        example: sessions('shards s-[1..3] { replicas 1  spread zone }'),
        remedy: SOUND,
    },
    {
        code: 'topology/places-ignored',
        title: 'Replicas counted by place where the system has one number',
        why: 'Only the sum of the numbers counts then, and the rule of the system decides where the copies stand.',
        fix: 'Write one number, and place shards by hand where it matters.',
        example: sessions('shards s-[1..3] { replicas us-east-1.a 1 }'),
        remedy: SOUND,
    },
    {
        code: 'topology/setting-version',
        title: 'A setting that the version does not have',
        why: 'A version from before the setting was made refuses it or passes over it, so it is left out of every answer. One that has it under an older name gets it by that name.',
        fix: 'Remove it, or declare the version that runs.',
        example: kafka('3.9'),
        remedy: kafka('4.1'),
    },
];

function kafka(version: string): string {
    return `region r { zone a  zone b  zone c }

cluster orders: kafka "${version}" in r {
  nodes ctl-[1..3] across zones as controller
  nodes brk-[1..3] across zones as broker
  topic payments { replicas 3  settings { min.insync.replicas = 2 } }
  settings { eligible.leader.replicas.version = 1 }
}
`;
}
