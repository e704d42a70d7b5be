/** Addresses that nobody can reach, or that do not fit in front of what stands behind them. */
import type { Endpoint, Finding, Fix, SourceRange, Topology } from '../../../topology/index.js';
import type { Engine, EngineContext } from '../../engine.js';

type Address = Pick<Endpoint, 'kind' | 'address' | 'source'>;

const KINDS: Readonly<Record<Endpoint['kind'], string>> = {
    vip: 'A virtual address',
    'load-balancer': 'A load balancer',
    dns: 'A DNS name',
    discovery: 'Discovery',
};

/** Kinds of addresses that the system behind them has no use for. */
export function checkEndpointKinds({ unfitEndpoints, title }: Engine, { cluster }: EngineContext): readonly Finding[] {
    return cluster.endpoints.flatMap(({ kind, source }): readonly Finding[] => {
        const unfit = unfitEndpoints?.[kind];
        return unfit === undefined
            ? []
            : [
                  {
                      code: 'topology/endpoint-kind',
                      severity: 'warning',
                      message: `${KINDS[kind]} does not fit in front of ${title}. ${unfit.why}`,
                      help: unfit.instead,
                      source,
                      fixes: unfit.replacement === undefined ? [] : [replacedBy(unfit.replacement, source)],
                  },
              ];
    });
}

function replacedBy(text: string, source: SourceRange): Fix {
    return { kind: 'replace', title: `Use ${text}`, source, text };
}

/** Addresses that are none, of clusters and of those that stand before several. */
export function checkAddressForms({ clusters, addresses }: Topology): readonly Finding[] {
    return [...clusters.flatMap(({ endpoints }) => endpoints), ...addresses].flatMap(addressForm);
}

function addressForm({ kind, address, source }: Address): readonly Finding[] {
    if (address === undefined) {
        return [];
    }
    const host = hostOf(address);
    const isIp = isIpv4(host) || isIpv6(host);
    if (!isIp && !isHostName(host)) {
        const why = /^[\d.]+$/.test(host)
            ? 'an IP address has four numbers from 0 to 255'
            : 'a host name has letters, digits and hyphens between dots';
        return [
            {
                code: 'topology/address-form',
                severity: 'error',
                message: `'${address.slice(0, 80)}' is no address: ${why}, so no client can reach it.`,
                help: 'Write an IP address such as 10.0.0.10 or a name such as db.internal, with a port in quotes: "10.0.0.10:8443".',
                source,
            },
        ];
    }
    return kind === 'dns' && isIp
        ? [
              {
                  code: 'topology/address-form',
                  severity: 'warning',
                  message: `${address} is an IP address and no DNS name: nobody looks it up, so a failover cannot change where it leads.`,
                  help: 'Name what clients look up, such as db.internal, or say that it is a `vip` or a `load-balancer`.',
                  source,
              },
          ]
        : [];
}

/** Without the port, if there is one, and without the brackets that keep it apart from an IPv6 address. */
function hostOf(address: string): string {
    const [, bracketed, plain = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d{1,5})?$/.exec(address) ?? [];
    return bracketed ?? (plain === '' ? address : plain);
}

function isIpv4(host: string): boolean {
    const parts = host.split('.');
    return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** Groups of up to four hexadecimal digits, a run of zeros at most once left out. */
function isIpv6(host: string): boolean {
    const halves = host.split('::');
    const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
    const isComplete = halves.length === 1 ? groups.length === 8 : halves.length === 2 && groups.length < 8;
    return isComplete && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group));
}

/** As RFC 1123 has it, and with underscores, which names of services have; the last label is not all digits. */
function isHostName(host: string): boolean {
    const labels = host.replace(/\.$/, '').split('.');
    return (
        host.length <= 253 &&
        labels.every((label) => /^(?!-)[\p{L}\d_-]{1,63}(?<!-)$/u.test(label)) &&
        !/^\d+$/.test(labels.at(-1) ?? '')
    );
}
