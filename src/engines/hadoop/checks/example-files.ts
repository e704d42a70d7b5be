/** Parts of the files that the pages of the codes show. */

export const FENCING = 'dfs.ha.fencing.methods = "sshfence, shell(/bin/true)"';
export const AUTOMATIC = settings('dfs.ha.automatic-failover.enabled = true', FENCING);
export const NAMENODES = 'nodes nn-[1..2] across zones as namenode';
export const JOURNALNODES = 'nodes jn-[1..3] across zones as journalnode, zookeeper';
export const DATANODES = 'nodes dn-[1..6] across zones as datanode';
export const FILES = 'files warehouse { blocks 3 }';
export const OBJECTIVE = '\nobjective survive for lake {\n  tolerate any 1 node\n}\n';

export function settings(...lines: readonly string[]): string {
    return `settings {\n    ${lines.join('\n    ')}\n  }`;
}

/** A cluster in three zones that nothing is wrong with, and what is added to it. */
export function sound(...lines: readonly string[]): string {
    return cluster(NAMENODES, JOURNALNODES, DATANODES, AUTOMATIC, ...lines);
}

/** A cluster in three zones. */
export function cluster(...lines: readonly string[]): string {
    return `region dc {\n  zone a\n  zone b\n  zone c\n}\n\n${inside('in dc ', lines)}`;
}

/** A cluster that stands nowhere, so that only racks part its nodes. */
export function withoutZones(...datanodes: readonly string[]): string {
    return inside('', [
        'node nn-1 as namenode { rack r1 }',
        'node nn-2 as namenode { rack r2 }',
        'nodes jn-[1..3] as journalnode, zookeeper',
        ...datanodes,
        FILES,
        AUTOMATIC,
    ]);
}

/** So many JournalNodes and ZooKeeper servers, and where they stand. */
export function journals(
    journalnodes: number,
    zookeepers: number,
    where = 'across zones',
    whereZookeepers = 'across zones',
): string {
    return cluster(
        NAMENODES,
        several('jn', journalnodes, where, 'journalnode'),
        several('zk', zookeepers, whereZookeepers, 'zookeeper'),
        DATANODES,
        FILES,
        AUTOMATIC,
    );
}

/** A DataNode dies after one minute, and all copies are expected back at this time. */
export function scenario(at: string): string {
    return `\nscenario datanode-dies {\n  at 1m  crash node dn-1\n  until 30m\n  expect lake fully replicated at ${at}\n}\n`;
}

function several(name: string, count: number, where: string, role: string): string {
    return count === 1
        ? `node ${name}-1 in dc.a as ${role}`
        : `nodes ${name}-[1..${String(count)}] ${where} as ${role}`;
}

function inside(where: string, lines: readonly string[]): string {
    return `cluster lake: hadoop ${where}{\n  ${lines.join('\n  ')}\n}\n`;
}
