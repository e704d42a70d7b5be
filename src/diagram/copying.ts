/** Which copies follow which leaders from place to place: what the lines between places stand for. */
import { counted, distinct, listed } from '../topology/index.js';
import { PLACELESS_ID, unzonedId, type Drawing, type DrawnCopy, type DrawnLink, type DrawnNode } from './drawing.js';
import { FACT_LIMIT } from './facts.js';

/** A copy and the leader that it follows. */
export interface Follower {
    /** As {@link DrawnCopy.shard}. */
    readonly shard: string;
    /** Ids of nodes. */
    readonly leader: string;
    readonly node: string;
    readonly source: DrawnCopy['source'];
}

/** All that follow from one place to another. */
export interface Bundle {
    readonly from: Place;
    readonly to: Place;
    readonly followers: readonly Follower[];
}

interface Place {
    readonly id: string;
    /** As sentences have it: `zone us-east-1.a`. */
    readonly name: string;
}

type Placed = Pick<Drawing, 'regions' | 'placeless'>;

/** `leaderOf`: id of the node that leads a shard, or undefined for the declared one. What stays inside one place has no line. */
export function bundlesOf(
    drawing: Placed,
    leaderOf: (shard: string) => string | undefined = () => undefined,
): readonly Bundle[] {
    const standings = standingsOf(drawing);
    const shards = new Map<string, Held[]>();
    for (const standing of standings.values()) {
        for (const copy of standing.node.copies) {
            if (copy.leaderless !== true && copy.takesTurns !== true) {
                shards.set(copy.shard, [...(shards.get(copy.shard) ?? []), { copy, standing }]);
            }
        }
    }
    const bundles = new Map<string, Bundle & { readonly followers: Follower[] }>();
    for (const [shard, held] of [...shards].sort(([one], [other]) => byNumber.compare(one, other))) {
        const leader =
            standings.get(leaderOf(shard) ?? '') ?? held.find(({ copy }) => copy.role === 'leader')?.standing;
        for (const { copy, standing } of leader === undefined ? [] : held) {
            const [from, to] = ends(leader ?? standing, standing);
            if (from.id !== to.id) {
                const id = linkId(from.id, to.id);
                const bundle = bundles.get(id) ?? { from, to, followers: [] };
                bundles.set(id, bundle);
                const follower = { shard, leader: leader?.node.id ?? '', node: standing.node.id, source: copy.source };
                bundle.followers.push(follower);
            }
        }
    }
    const order = new Map(
        distinct([...standings.values()].flatMap(({ region, place }) => [region.id, place.id])).map((id, at) => [
            id,
            at,
        ]),
    );
    const rank = (id: string): number => order.get(id) ?? 0;
    return [...bundles.values()].sort(
        (one, other) => rank(one.from.id) - rank(other.from.id) || rank(one.to.id) - rank(other.to.id),
    );
}

/** From the leaders' place to that of the copies. */
export function bundleLink({ from, to, followers }: Bundle): DrawnLink {
    const count = followers.length;
    const paths = followers.map(({ shard }) => shard.slice(shard.indexOf(':') + 1));
    const [only = ''] = paths;
    const names = distinct(paths);
    const source = followers[0]?.source;
    if (source === undefined) {
        throw new Error(`Nothing is copied from ${from.name} to ${to.name}.`);
    }
    return {
        id: linkId(from.id, to.id),
        label: count === 1 ? only.slice(only.indexOf('.') + 1) : counted(count, 'copy', 'copies'),
        source,
        facts: [
            `${counted(count, 'copy', 'copies')} in ${to.name} ${count === 1 ? 'follows a leader' : 'follow leaders'} in ${from.name}.`,
            `${names.length === 1 ? 'Shard' : 'Shards'} ${listed(names, { limit: FACT_LIMIT })}.`,
        ],
        kind: 'replication',
        from: from.id,
        to: to.id,
        count,
        asynchronous: false,
    };
}

export function linkId(from: string, to: string): string {
    return `link:replication:${from}>${to}`;
}

interface Standing {
    readonly node: DrawnNode;
    readonly region: Place;
    readonly place: Place;
}

interface Held {
    readonly copy: DrawnCopy;
    readonly standing: Standing;
}

const byNumber = new Intl.Collator('en', { numeric: true });

function standingsOf({ regions, placeless }: Placed): ReadonlyMap<string, Standing> {
    const nowhere = { id: PLACELESS_ID, name: 'no declared place' };
    const stand = (nodes: readonly DrawnNode[], region: Place, place: Place): readonly Standing[] =>
        nodes.map((node) => ({ node, region, place }));
    const all = regions.flatMap((drawn) => {
        const region = { id: drawn.id, name: `region ${drawn.label}` };
        return [
            ...drawn.zones.flatMap(({ id, nodes, folded }) =>
                stand(folded?.nodes ?? nodes, region, { id, name: `zone ${id.slice(id.indexOf(':') + 1)}` }),
            ),
            ...stand(drawn.nodes, region, { id: unzonedId(drawn.id), name: `region ${drawn.label} outside its zones` }),
            ...stand(drawn.folded?.nodes ?? [], region, region),
        ];
    });
    return new Map([...all, ...stand(placeless, nowhere, nowhere)].map((standing) => [standing.node.id, standing]));
}

/** The places of two nodes: their zones inside one region, otherwise their regions. */
function ends(one: Standing, other: Standing): readonly [Place, Place] {
    return one.region.id === other.region.id ? [one.place, other.place] : [one.region, other.region];
}
