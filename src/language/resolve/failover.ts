import type { FailoverPolicy } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import { isOrder, isProperty } from '../generated/ast.js';
import { BY_WHOM, DURATION, readProperties, YES_NO, type PropertyTable } from './properties.js';
import { plainNodeOf, present } from './references.js';
import { sourceOf } from './source.js';
import type { Resolution } from './state.js';

export const FAILOVER_PROPERTIES: PropertyTable = {
    detect: DURATION,
    promote: BY_WHOM,
    fence: YES_NO,
    failback: BY_WHOM,
};

/** A cluster's way to fail over: written in its block, or named there and written at top level. */
export function resolveFailover(statement: ast.Failover, resolution: Resolution): FailoverPolicy | undefined {
    const { kind, policy } = statement;
    if (kind) return policyFrom(kind, statement, statement, resolution);
    const shared = policy?.ref;
    return shared && { ...policyFrom(shared.kind, shared, statement, resolution), name: shared.name };
}

/** A policy that no cluster names is read for its mistakes alone. */
export function checkPolicy(declaration: ast.FailoverPolicy, resolution: Resolution): void {
    policyFrom(declaration.kind, declaration, declaration, resolution);
}

function policyFrom(
    kind: ast.FailoverKind,
    body: ast.Failover | ast.FailoverPolicy,
    statement: ast.Failover | ast.FailoverPolicy,
    resolution: Resolution,
): FailoverPolicy {
    const values = readProperties(
        body.items.filter(isProperty),
        FAILOVER_PROPERTIES,
        'Failover',
        resolution.report,
        resolution.figures,
    );
    const [detectMs, promote, fence, failback] = [
        values.number('detect'),
        values.byWhom('promote'),
        values.boolean('fence'),
        values.byWhom('failback'),
    ];
    const order = body.items.filter(isOrder).flatMap((item) => item.nodes);
    return {
        kind,
        ...(detectMs === undefined ? {} : { detectMs }),
        ...(promote === undefined ? {} : { promote }),
        order: present(order.map((node) => plainNodeOf(node, resolution))),
        ...(fence === undefined ? {} : { fence }),
        ...(failback === undefined ? {} : { failback }),
        source: sourceOf(statement),
    };
}
