/** `min-replicas-to-write`: replicas without which a primary takes no writes, in the systems that know it. */
import { counted, type Finding, type Fix, type Setting, type Shard } from '../../../topology/index.js';
import type { EngineContext, SettingPlace } from '../../engine.js';
import { useReplicas } from './fixes.js';

const KEY = 'min-replicas-to-write';

/** What two systems say in their own words. */
interface GateWords {
    readonly code: string;
    /** When writes go on after a loss, as the end of a sentence: `until a replica is back`. */
    readonly until: string;
}

/** A shard whose primary wants so many replicas, by the setting that says so. */
interface Gate {
    readonly setting: Setting;
    readonly shard: Shard;
    readonly wanted: number;
}

/** Shards that have no replica more than their primary wants, and those that have fewer. */
export function checkWriteGate(context: EngineContext, words: GateWords): readonly Finding[] {
    const worst = new Map<Setting, Gate>();
    for (const gate of gatesOf(context)) {
        const known = worst.get(gate.setting);
        if (known === undefined || gate.shard.copies.length < known.shard.copies.length) {
            worst.set(gate.setting, gate);
        }
    }
    return [...worst.values()]
        .filter(({ shard, wanted }) => wanted >= replicasOf(shard))
        .map((gate) => finding(context, gate, words));
}

function gatesOf(context: EngineContext): readonly Gate[] {
    const { cluster, topology } = context;
    return cluster.shards.flatMap((id): readonly Gate[] => {
        const shard = topology.shards[id]!;
        const member = cluster.members.find(({ node }) => node === shard.copies[0]);
        const at: SettingPlace = { shard, ...(member && { member }) };
        const setting = context.written(KEY, at);
        const wanted = context.number(KEY, at);
        // Either of the two switches the gate off.
        const isOff = wanted === 0 || context.duration('min-replicas-max-lag', at) === 0;
        return setting === undefined || isOff ? [] : [{ setting, shard, wanted }];
    });
}

function finding({ topology }: EngineContext, { setting, shard, wanted }: Gate, words: GateWords): Finding {
    const { name, source } = shard;
    const replicas = replicasOf(shard);
    const isHopeless = wanted > replicas;
    const has = replicas === 0 ? 'no replica' : counted(replicas, 'replica');
    const just = replicas === 1 ? 'the one replica' : `the ${String(replicas)} replicas`;
    const group = topology.groups[shard.group ?? -1];
    const more: readonly Fix[] =
        group === undefined || shard.placedBy === 'file' ? [] : [useReplicas(group.source, wanted + 1)];
    const fewer = Math.max(0, replicas - 1);
    return {
        code: words.code,
        severity: isHopeless ? 'error' : 'warning',
        message: isHopeless
            ? `${name} has ${has} and its primary wants ${String(wanted)} before it takes a write: it refuses every one.`
            : `${name} has just ${just} that its primary wants before it takes a write: once any of its nodes is lost it refuses them ${words.until}.`,
        help: `Set \`${KEY}\` to ${String(fewer)}${fewer === 0 ? ', the default,' : ''} or give each shard ${String(wanted + 1)} replicas.`,
        source: setting.source,
        related: [{ source, message: `${name} is declared here.` }],
        fixes: [
            {
                kind: 'replace',
                title: `Set ${KEY} = ${String(fewer)}`,
                source: setting.source,
                text: `${KEY} = ${String(fewer)}`,
            },
            ...more,
        ],
    };
}

function replicasOf({ copies }: Shard): number {
    return Math.max(0, copies.length - 1);
}
