/** A system that exists nowhere: a ring of shelves, with keepers that vote. All that the editor needs to know of it is here. */
import {
    majority,
    type Engine,
    type EngineContext,
    type Placement,
    type PlacementRequest,
    type Quorum,
} from '../../../src/engines/index.js';
import type { Finding, Member, NodeId } from '../../../src/topology/index.js';

const HANDBOOK = { title: 'The Toy Handbook', url: 'https://toy.example.com/handbook' };

export const toy: Engine = {
    name: 'toy',
    title: 'Toy Ring',
    documentation: '**Toy Ring**: boxes on shelves. Keepers vote on who may write.',
    versions: ['1.0', '2.0'],
    roles: [
        { name: 'keeper', documentation: 'Votes on who may write.' },
        { name: 'shelf', documentation: 'Holds boxes.' },
    ],
    groupWords: [
        {
            word: 'crate',
            form: 'numbered-shards',
            countWord: 'boxes',
            placedWord: 'box',
            replicasCount: 'beside-primary',
            defaultReplicas: 1,
            documentation: 'A crate of boxes; `replicas N` further copies of each.',
        },
    ],
    singleService: false,
    settings: [
        {
            key: 'ring.patience.seconds',
            type: { kind: 'duration', unit: 's' },
            default: 10_000,
            defaultsSince: [{ since: '2.0', value: 4_000 }],
            scope: ['cluster', 'node'],
            documentation: 'How long a keeper waits for an answer.',
            source: HANDBOOK,
            modelled: false,
        },
        {
            key: 'crate.mode',
            type: { kind: 'enum', values: ['open', 'sealed'] },
            default: 'open',
            scope: ['group'],
            documentation: 'Whether anybody may look into it.',
            source: HANDBOOK,
            modelled: false,
        },
    ],
    snippet: [
        'nodes ${1:keeper}-[1..3] across zones as keeper',
        'nodes shelf-[1..${2:6}] across zones as shelf',
        'crate ${3:books} {',
        '    boxes 4',
        '}',
    ].join('\n'),
    place,
    quorums,
    check,
    codes: [
        {
            code: 'toy/no-shelf',
            title: 'A ring without shelves',
            why: 'Boxes have nowhere to stand.',
            fix: 'Give a node the role `shelf`.',
            example: file('keeper', ''),
            remedy: file('keeper', '  nodes shelf-[1..3] across zones as shelf'),
            source: HANDBOOK,
        },
    ],
};

/** Boxes go round the shelves in turns. */
function place({ members, shards }: PlacementRequest): Placement {
    const shelves = withRole(members, 'shelf');
    const at = (index: number): NodeId[] => shelves.slice(index % shelves.length, (index % shelves.length) + 1);
    return {
        kind: 'placed',
        copies: shards.map(({ copies }, index) =>
            shelves.length === 0 ? [] : Array.from({ length: copies }, (_, copy) => at(index + copy)).flat(),
        ),
    };
}

function quorums({ cluster }: EngineContext): readonly Quorum[] {
    const keepers = cluster.members.filter(({ roles }) => roles.includes('keeper'));
    return [
        {
            one: 'keeper',
            many: 'keepers',
            voters: keepers.map(({ node }) => node),
            without: `nobody may write before ${String(majority(keepers.length))} are back`,
            declarations: keepers.map(({ source }) => source),
            source: cluster.source,
            codes: {},
        },
    ];
}

function check({ cluster }: EngineContext): Finding[] {
    if (withRole(cluster.members, 'shelf').length > 0) {
        return [];
    }
    return [
        {
            code: 'toy/no-shelf',
            severity: 'warning',
            message: `${cluster.name} has no shelf: its boxes have nowhere to stand.`,
            help: 'Give a node the role `shelf`.',
            source: cluster.source,
        },
    ];
}

function withRole(members: readonly Member[], role: string): NodeId[] {
    return members.filter(({ roles }) => roles.includes(role)).map(({ node }) => node);
}

function file(role: string, more: string): string {
    return `region r {\n  zone a\n}\n\ncluster ring: toy in r {\n  nodes k-[1..3] across zones as ${role}\n${more}\n}\n`;
}
