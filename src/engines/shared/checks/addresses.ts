/** What is wrong with addresses, whatever stands behind them. */
import { demandsOn, type Finding, type SourceRange, type Topology } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';

/** A cluster whose every address is for reads has none to write to. */
export function checkWriteAddress({ topology, cluster }: EngineContext): readonly Finding[] {
    const [first] = cluster.endpoints;
    const isWritten = demandsOn(topology, cluster.id).some(({ operation }) => operation === 'write');
    if (first === undefined || !isWritten || cluster.endpoints.some(({ serves }) => serves !== 'reads')) {
        return [];
    }
    return [
        {
            code: 'topology/no-write-address',
            severity: 'warning',
            message: `Every address of ${cluster.name} serves reads, and there are workloads that write: it is not said where they find the node that takes writes.`,
            help: 'Add an address for writes, or `endpoint discovery` if clients learn the nodes.',
            source: first.source,
        },
    ];
}

/** One address leads to one place. */
export function checkSharedAddresses(topology: Topology): readonly Finding[] {
    const first = new Map<string, SourceRange>();
    const all = [
        ...topology.clusters.flatMap(({ name, endpoints }) => endpoints.map((endpoint) => ({ name, endpoint }))),
        ...topology.addresses.map((endpoint) => ({ name: endpoint.name, endpoint })),
    ];
    return all.flatMap(({ name, endpoint: { address, source } }): Finding[] => {
        const known = address === undefined ? undefined : first.get(address);
        if (address !== undefined) {
            first.set(address, known ?? source);
        }
        return known === undefined
            ? []
            : [
                  {
                      code: 'topology/address-twice',
                      severity: 'warning',
                      message: `The address ${String(address)} of ${name} stands before something else, too: unless they differ in their ports, requests to it cannot reach both.`,
                      help: 'Give one of them another address, or write the port: "10.0.0.1:8443".',
                      source,
                      related: [{ source: known, message: 'It is declared here first.' }],
                  },
              ];
    });
}
