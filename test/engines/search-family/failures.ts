/** Small clusters that fail, for both products. */
import type { Run } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';

export type Product = 'elasticsearch' | 'opensearch';

export const PRODUCTS: readonly Product[] = ['elasticsearch', 'opensearch'];

const MANAGER: Readonly<Record<Product, string>> = { elasticsearch: 'master', opensearch: 'cluster_manager' };

/** Settings under which a silent node is missed after seconds. */
export const QUICK = `
    cluster.fault_detection.follower_check.timeout = 1s
    cluster.fault_detection.leader_check.timeout = 1s
    cluster.publish.timeout = 3s
    index.unassigned.node_left.delayed_timeout = 2s
    assumed.shard_size = 40mb`;

export interface Made {
    readonly product?: Product;
    readonly nodes?: string;
    readonly index?: string;
    readonly settings?: string;
    readonly workload?: string;
    readonly steps?: string;
    readonly until?: string;
    readonly expect?: string;
}

/** Three managers and three data nodes in three zones, unless said otherwise; `MANAGER` is the product's role. */
export function clusterText(made: Made): string {
    const { product = 'elasticsearch' } = made;
    const nodes = made.nodes ?? 'nodes m-[1..3] across zones as MANAGER\nnodes d-[1..3] across zones as data';
    return `
        region r { zone a  zone b  zone c }
        cluster k: ${product} in r {
            ${nodes.replaceAll('MANAGER', MANAGER[product])}
            ${made.index ?? 'index x { shard 0 on d-1, d-2 }'}
            settings { ${made.settings ?? ''} }
        }
        ${made.workload ?? ''}
        scenario s { ${made.steps ?? ''}\nuntil ${made.until ?? '2m'}\n${made.expect ?? ''} }`;
}

/** When each of the events that match was told, in ms. */
export function timesOf(run: Run, pattern: RegExp): readonly number[] {
    return run.trace.filter(({ text }) => pattern.test(text)).map(({ atMs }) => atMs);
}

/** One line an event: seconds, kind and text. */
export function storyOf(run: Run): string {
    return run.trace.map(({ atMs, kind, text }) => `${(atMs / 1000).toFixed(3)} ${kind}: ${text}`).join('\n');
}

/** Names of those who led the shard, one after the other; the control plane's without a name. */
export function leadersOf(topology: Topology, run: Run, shard: string): readonly string[] {
    return run.leaders
        .filter((change) => topology.shards[change.shard]!.name === shard)
        .map(({ to }) => (to === null ? '-' : topology.nodes[to]!.name));
}
