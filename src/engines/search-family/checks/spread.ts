/** Whether copies are kept apart, and over values that the nodes have. */
import { listed, type Finding, type Fix, type SourceRange } from '../../../topology/index.js';
import type { Engine } from '../../engine.js';
import { useSetting } from '../../shared/checks/fixes.js';
import { AWARENESS, forcedKey, KNOWN_ATTRIBUTES } from '../awareness.js';
import { words } from '../product.js';
import { found, nodeNames, type SearchView } from './view.js';

/** What tells the allocation of zones. */
export const KEEPS_APART: NonNullable<Engine['keepsApart']> = {
    help: `Set \`${AWARENESS} = zone\`.`,
    fixes: ({ cluster }) => [awareOfZones(cluster.source)],
};

function awareOfZones(cluster: SourceRange): Fix {
    return useSetting(cluster, AWARENESS, 'zone', 'Make allocation aware of zones');
}

export function checkSpread(view: SearchView): readonly Finding[] {
    return [...notSet(view), ...unknownAttributes(view), ...withoutValue(view), ...forcedValues(view)];
}

/** Nothing keeps the copies of a shard in different zones. */
function notSet(view: SearchView): readonly Finding[] {
    const { context, data, site, awareness } = view;
    const zones = new Set(data.flatMap(({ node }) => site.zoneOf(node)?.qualifiedName ?? []));
    const set = words(context.text(AWARENESS));
    const isSpreadOtherwise = awareness.length > 0 || set.length > 0;
    if (zones.size < 2 || isSpreadOtherwise || !view.groups.some(({ copies }) => copies > 1)) {
        return [];
    }
    const { name, source } = context.cluster;
    return [
        found(view, 'awareness-not-set', 'warning', {
            message: `The data nodes of ${name} stand in ${String(zones.size)} zones, and ${view.product.title} is not told: it may put every copy of a shard into one zone, where they are lost together.`,
            help: `Set ${AWARENESS} = zone.`,
            source,
            fixes: [awareOfZones(source)],
        }),
    ];
}

function unknownAttributes(view: SearchView): readonly Finding[] {
    const setting = view.context.written(AWARENESS);
    const known: readonly string[] = KNOWN_ATTRIBUTES;
    const unknown = words(view.context.text(AWARENESS)).filter((attribute) => !known.includes(attribute));
    if (setting === undefined || unknown.length === 0) {
        return [];
    }
    const one = unknown.length === 1;
    return [
        found(view, 'unknown-awareness-attribute', 'information', {
            message: `What nodes have as ${listed(unknown)} is not modelled, so ${one ? 'this attribute does' : 'these attributes do'} not decide where copies stand here, although ${one ? 'it does' : 'they do'} in the real cluster.`,
            help: 'Use zone for the zone of a node and rack for its rack.',
            source: setting.source,
        }),
    ];
}

/** Data nodes that awareness leaves empty. */
function withoutValue(view: SearchView): readonly Finding[] {
    return view.awareness.flatMap(({ attribute, valueAt }): readonly Finding[] => {
        const without = view.data.filter(({ node }) => valueAt(node) === undefined);
        const [first] = without;
        if (first === undefined) {
            return [];
        }
        const names = nodeNames(
            view,
            without.map(({ node }) => node),
        );
        return [
            found(view, 'node-without-attribute', 'warning', {
                message: `${names} ${without.length === 1 ? 'has' : 'have'} no ${attribute}, and copies are only put on nodes that have one: ${without.length === 1 ? 'it stays' : 'they stay'} empty.`,
                help:
                    attribute === 'zone'
                        ? 'Declare the node in a zone, or take zone out of the awareness attributes.'
                        : 'Give the node a rack in its block, or take rack out of the awareness attributes.',
                source: first.source,
            }),
        ];
    });
}

/** Values that forced awareness keeps places for, although no data node has them. */
function forcedValues(view: SearchView): readonly Finding[] {
    return view.awareness.flatMap(({ attribute, absent, present }): readonly Finding[] => {
        const key = forcedKey(attribute);
        const setting = view.context.written(key);
        if (setting === undefined || absent.length === 0) {
            return [];
        }
        const left = words(view.context.text(key)).filter((value) => !absent.includes(value));
        return [
            found(view, 'forced-value-without-nodes', 'warning', {
                message: `Forced awareness names the ${attribute} ${listed(absent)}, and no data node stands there: the copies that are kept for it are never assigned.`,
                help: `Add data nodes there, or name what the nodes have: ${listed([...present], { limit: 4 })}.`,
                source: setting.source,
                fixes:
                    left.length === 0
                        ? []
                        : [
                              {
                                  kind: 'replace',
                                  title: `Name only ${listed(left)}`,
                                  source: setting.source,
                                  text: `${key} = ${left.join(', ')}`,
                              },
                          ],
            }),
        ];
    });
}
