/** What is wrong with where addresses before several clusters lead. */
import { listed, type Finding, type SharedAddress, type Topology } from '../../../topology/index.js';

export function checkRoutes({ addresses }: Topology): readonly Finding[] {
    return addresses.flatMap((address) => [...heldByNobody(address), ...repeated(address), ...alone(address)]);
}

/** A virtual address is held by one of its members, and an address before clusters has none. */
function heldByNobody({ name, kind, source }: SharedAddress): readonly Finding[] {
    return kind !== 'vip'
        ? []
        : [
              {
                  code: 'topology/endpoint-kind',
                  severity: 'error',
                  message: `${name} is a virtual address, which servers of one network segment hold between them by VRRP; no server stands before the clusters behind it.`,
                  help: 'Use `dns` or `load-balancer` here, and give each cluster its own virtual address.',
                  source,
              },
          ];
}

/** By weight, one that is listed twice gets twice as much. */
function repeated({ name, by, routes, source }: SharedAddress): readonly Finding[] {
    const texts = routes.map(({ text }) => text);
    const twice = [...new Set(texts.filter((text, index) => texts.indexOf(text) < index))];
    return by === 'weight' || twice.length === 0
        ? []
        : [
              {
                  code: 'topology/route-twice',
                  severity: 'warning',
                  message: `${name} leads to ${listed(twice)} more than once, and where that does not answer, neither does its repetition.`,
                  help: 'Name each cluster once.',
                  source,
              },
          ];
}

function alone({ name, routes, source }: SharedAddress): readonly Finding[] {
    const [only, ...others] = new Set(routes.map(({ text }) => text));
    return only === undefined || others.length > 0
        ? []
        : [
              {
                  code: 'topology/single-route',
                  severity: 'information',
                  message: `${name} leads to ${only} alone: while its checks fail there is nobody else to send clients to.`,
                  help: `Name a second cluster behind \`route to\`, or let clients use the address of ${only}.`,
                  source,
              },
          ];
}
