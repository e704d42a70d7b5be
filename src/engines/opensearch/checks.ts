import type { Finding, Setting, ShardGroup } from '../../topology/index.js';
import { counted } from '../../topology/index.js';
import type { EngineContext } from '../engine.js';
import {
    checkRefusedRoles,
    commonChecks,
    copiesSegments,
    found,
    isKeptElsewhere,
    viewOf,
    type SearchView,
} from '../search-family/index.js';
import { product } from './product.js';
import { BALANCE, PREFER_PRIMARY } from './settings.js';

export function check(context: EngineContext): readonly Finding[] {
    const view = viewOf(product, context);
    return [
        ...commonChecks(view),
        // The old and the new name of one role.
        ...checkRefusedRoles(
            view,
            'both-manager-roles',
            (roles) => product.managerRoles.every((role) => roles.includes(role)),
            {
                why: (one) =>
                    `${one ? 'has' : 'have'} the roles cluster_manager and master, which are two names of one`,
                help: 'Leave out master.',
            },
        ),
        ...unevenCopies(view),
        ...segmentPrimaries(view),
        ...lateUploads(view),
    ];
}

/** With `awareness.balance`, an index needs as many copies in every zone. */
function unevenCopies(view: SearchView): readonly Finding[] {
    const { context, awareness, groups } = view;
    const zones = awareness.find(({ attribute }) => attribute === 'zone');
    const isForced = context.written('cluster.routing.allocation.awareness.force.zone.values') !== undefined;
    if (!context.boolean(BALANCE) || zones === undefined || !isForced) {
        return [];
    }
    const count = Math.max(...awareness.map(({ present, absent }) => present.size + absent.length));
    return groups
        .filter(({ copies }) => copies % count !== 0)
        .map((group) =>
            found(view, 'copies-no-multiple-of-zones', 'warning', {
                message: `${group.name} has ${counted(group.copies, 'copy', 'copies')} of each shard, and ${BALANCE} asks for a multiple of ${String(count)}: OpenSearch refuses to create the index.`,
                help: `Use replicas ${String(multipleAbove(group, count) - 1)}, or leave out the setting.`,
                source: group.source,
                fixes: [
                    {
                        kind: 'set-property',
                        title: `Use replicas ${String(multipleAbove(group, count) - 1)}`,
                        declaration: group.source,
                        keyword: 'replicas',
                        value: String(multipleAbove(group, count) - 1),
                    },
                ],
            }),
        );
}

function multipleAbove({ copies }: ShardGroup, count: number): number {
    return Math.ceil(copies / count) * count;
}

/** Segment replication leaves the work of indexing to primaries. */
function segmentPrimaries(view: SearchView): readonly Finding[] {
    const { context, groups } = view;
    const [first] = groups.filter((group) => group.copies > 1 && copiesSegments(product, context, { group }));
    return first === undefined || context.boolean(PREFER_PRIMARY)
        ? []
        : [
              found(view, 'segment-replication-unbalanced', 'warning', {
                  message: `${first.name} replicates segments, so its primaries alone do the work of indexing, and nothing keeps them evenly on the nodes: after failovers one node may do most of it.`,
                  help: `Set ${PREFER_PRIMARY} = true.`,
                  source: first.source,
                  fixes: [
                      {
                          kind: 'set-setting',
                          title: 'Spread primaries evenly',
                          declaration: context.cluster.source,
                          key: PREFER_PRIMARY,
                          value: 'true',
                      },
                  ],
              }),
          ];
}

/** A remote translog that is uploaded after the acknowledgement. */
function lateUploads(view: SearchView): readonly Finding[] {
    const { context, groups } = view;
    if (!isKeptElsewhere(view)) {
        return [];
    }
    const key = 'index.translog.durability';
    const async = groups.filter((group) => context.text(key, { group }) === 'async');
    const written = new Set(
        async.flatMap((group): Setting | readonly Setting[] => context.written(key, { group }) ?? []),
    );
    return [...written].map((setting) =>
        found(view, 'remote-store-async', 'warning', {
            message: `With ${key} = async writes are acknowledged before they are in the remote store, so a failover may lose what it was kept there for.`,
            help: `Use ${key} = request.`,
            source: setting.source,
            fixes: [
                {
                    kind: 'replace',
                    title: 'Upload before acknowledging',
                    source: setting.source,
                    text: `${key} = request`,
                },
            ],
        }),
    );
}
