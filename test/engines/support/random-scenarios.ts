/** Random scenarios of a topology, as a user would write them. */
import fc from 'fast-check';
import type { Topology } from '../../../src/topology/index.js';

/** Faults, and mostly what ends them. */
export function randomScenarios({ nodes, regions, zones }: Topology): fc.Arbitrary<string> {
    const node = fc.constantFrom(...nodes.map(({ qualifiedName }) => qualifiedName));
    const some = fc.uniqueArray(node, { minLength: 1, maxLength: 2 }).map((names) => `node ${names.join(', ')}`);
    const zone = fc.constantFrom(...zones.map(({ qualifiedName }) => qualifiedName));
    const region = fc.constantFrom(...regions.map(({ name }) => name));
    const place = fc.oneof(
        { weight: 4, arbitrary: zone.map((name) => `zone ${name}`) },
        { weight: 1, arbitrary: region.map((name) => `region ${name}`) },
    );
    const pair = fc.uniqueArray(zone, { minLength: 2, maxLength: 2 });
    const trouble = fc.oneof(
        some.map((who) => [`crash ${who}`, `restart ${who}`] as const),
        some.map((who) => [`stop ${who}`, `restart ${who}`] as const),
        some.map((who) => [`freeze ${who}`, `unfreeze ${who}`] as const),
        fc.oneof(some, place).map((who) => [`fail ${who}`, `restore ${who}`] as const),
        fc.oneof(some, place).map((who) => [`isolate ${who}`, `restore ${who}`] as const),
        fc
            .tuple(fc.oneof(some, place), fc.constantFrom('300ms', '3s'))
            .map(([who, by]) => [`slow ${who} by ${by}`, 'heal'] as const),
        pair.map(([one, other]) => [`partition ${one} | ${other}`, 'heal'] as const),
        pair.map(([one, other]) => [`cut ${one} -> ${other}`, 'heal'] as const),
        pair.map(([one, other]) => [`drop 60% between ${one} and ${other}`, 'heal'] as const),
    );
    return fc
        .array(
            fc.record({
                at: fc.integer({ min: 20, max: 120 }),
                lasts: fc.constantFrom(2, 15, 60, 240),
                trouble,
                mended: fc.constantFrom(true, true, true, false),
            }),
            { minLength: 1, maxLength: 3 },
        )
        .map((all) => {
            const steps = all.flatMap(({ at, lasts, trouble: [begin, end], mended }) => [
                { at, text: begin },
                ...(mended ? [{ at: at + lasts, text: end }] : []),
            ]);
            const lines = steps.sort((one, other) => one.at - other.at).map(({ at, text }) => `    at ${at}s ${text}`);
            return `scenario random {\n${lines.join('\n')}\n    until 600s\n}`;
        });
}
