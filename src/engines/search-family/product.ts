/** What tells Elasticsearch and OpenSearch apart, wherever both do the same with other words. */
import type { Member, Setting } from '../../topology/index.js';
import type { CodeSpec, FactSource, SettingReader } from '../engine.js';
import type { Penalty } from './penalty.js';

export interface SearchProduct {
    /** Key in the registry, and the first half of every code. */
    readonly engine: string;
    readonly title: string;
    /** The elected node: `master`, `cluster manager`. */
    readonly manager: string;
    /** The same in the name of a code: `master`, `cluster-manager`. */
    readonly managerSlug: string;
    /** A node that may be elected or votes: `master-eligible node`. */
    readonly eligible: string;
    /** The role that makes a node eligible, and other names that the system takes for it. */
    readonly managerRoles: readonly [string, ...string[]];
    /** Roles of a node that is not said to have any. */
    readonly defaultRoles: readonly string[];
    /** Roles under which a node holds copies of shards. */
    readonly dataRoles: readonly string[];
    /** Roles that every node with the general `data` role has, too. */
    readonly tiers: readonly string[];
    /** The tiers that an index may stand in, the most wanted one first; none: any data node will do. */
    tiersOf(settings: SettingReader, at: Parameters<SettingReader['text']>[1]): readonly string[];
    /** A role whose nodes vote and are never elected, if the system has one. */
    readonly votingOnlyRole?: string;
    /** What a node refuses without a manager; of several names the first that is set counts. */
    readonly blockKeys: readonly [string, ...string[]];
    /** How long lost replicas are left alone; of several the first that is set counts. */
    readonly delayKeys: readonly [string, ...string[]];
    /** Where this is set, acknowledged writes are kept outside the cluster, too. */
    readonly remoteStoreKey?: string;
    /** What makes replicas copy finished segments, where it says `SEGMENT`: the index's key, and the cluster's for those that say nothing. */
    readonly replicationKeys?: readonly [index: string, cluster: string];
    /** How long a client that says these settings leaves a node alone that failed it; undefined: it says nothing of it. */
    penaltyOf(settings: readonly Setting[]): Penalty | undefined;
    readonly sources: {
        readonly roles: FactSource;
        readonly quorum: FactSource;
        readonly awareness: FactSource;
        readonly design: FactSource;
        readonly replication: FactSource;
        readonly activeShards: FactSource;
        readonly shardLimit: FactSource;
    };
}

/** A page, whose code stands without the name of the product. */
export type Page = Omit<CodeSpec, 'code'> & { readonly name: string };

export function codeOf(product: SearchProduct, name: string): string {
    return `${product.engine}/${name}`;
}

export function rolesOf(product: SearchProduct, { roles }: Member): readonly string[] {
    return roles.length === 0 ? product.defaultRoles : roles;
}

/** Nodes that vote: those that may be elected, and those that vote only. */
export function eligibleMembers(product: SearchProduct, members: readonly Member[]): readonly Member[] {
    return members.filter((member) => rolesOf(product, member).some((role) => product.managerRoles.includes(role)));
}

export function electableMembers(product: SearchProduct, members: readonly Member[]): readonly Member[] {
    const { votingOnlyRole } = product;
    return eligibleMembers(product, members).filter(
        (member) => votingOnlyRole === undefined || !rolesOf(product, member).includes(votingOnlyRole),
    );
}

/** Nodes that hold copies of any shard. */
export function dataMembers(product: SearchProduct, members: readonly Member[]): readonly Member[] {
    return members.filter((member) => rolesOf(product, member).some((role) => product.dataRoles.includes(role)));
}

/** Nodes that may hold copies of an index: those of the first wanted tier that has any. */
export function holders(
    product: SearchProduct,
    members: readonly Member[],
    wanted: readonly string[],
): readonly Member[] {
    const data = dataMembers(product, members);
    if (wanted.length === 0) {
        return data;
    }
    for (const tier of wanted) {
        const inTier = data.filter((member) => hasRole(product, member, tier));
        if (inTier.length > 0) {
            return inTier;
        }
    }
    return [];
}

/** `data` stands for every tier. */
export function hasRole(product: SearchProduct, member: Member, role: string): boolean {
    const roles = rolesOf(product, member);
    return roles.includes(role) || (product.tiers.includes(role) && roles.includes('data'));
}

/** The words of a setting that takes a list: `a, b` and `"a,b"`. */
export function words(text: string): readonly string[] {
    return text.split(/[\s,]+/).filter((word) => word !== '');
}
