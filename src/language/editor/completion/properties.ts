import { CompletionItemKind } from 'vscode-languageserver';
import type { GroupWord } from '../../../engines/index.js';
import { assertNever } from '../../../topology/index.js';
import { REPLICATION_PROPERTIES } from '../../resolve/between.js';
import { ENDPOINT_PROPERTIES } from '../../resolve/endpoints.js';
import { FAILOVER_PROPERTIES } from '../../resolve/failover.js';
import { BUDGET_PROPERTIES } from '../../resolve/group-properties.js';
import { NODE_PROPERTIES } from '../../resolve/nodes.js';
import type { PropertyKind, PropertyTable } from '../../resolve/properties.js';
import type { BlockKind } from './blocks.js';
import { durationProposals } from './figures.js';
import { choice, expects, RANK, type CompletionRequest, type Proposal } from './request.js';
import { keywordMarkdown } from '../keyword-docs.js';
import { placedText } from '../placed-text.js';

/** Usual values, as the placeholder of a property. */
const USUAL: Readonly<Record<string, string>> = {
    advertise: '1s',
    check: '5s',
    timeout: '2s',
    ttl: '5s',
    detect: '3s',
    lag: '1s',
    fall: '3',
    rise: '2',
    priority: '100',
    tier: '0',
    capacity: '500/s',
    rack: 'r1',
    'preempt-delay': '5s',
    'max-unavailable': '1',
    'min-available': '1',
};

/** The word in front of a duration. */
const MODIFIERS: Readonly<Record<string, string>> = { advertise: 'every ', check: 'every ', detect: 'within ' };

const BALANCE = ['round-robin', 'least-connections'];

/** Keys of properties that the block takes and does not have yet, and their values. */
export function propertyProposals(request: CompletionRequest): Proposal[] {
    const table = tableAround(request);
    const keys = expects(request, 'PropertyKey') ? keyProposals(table, request) : [];
    const values = expects(request, 'PropertyValue') ? propertyValues(table, request) : [];
    return [...keys, ...values, ...(keys.length > 0 || expects(request, 'PropertyKey') ? placed(request) : [])];
}

/** The engine's word whose group is open at the cursor. */
export function wordOfGroup({ cursor, cluster }: CompletionRequest): GroupWord | undefined {
    const group = cursor.blocks.findLast(({ kind }) => kind === 'group');
    const word = group?.header.find(({ image }) => cluster?.engine?.groupWords.some((each) => each.word === image));
    return cluster?.engine?.groupWords.find((each) => each.word === word?.image);
}

/** Tables of the blocks that hold properties and nothing that depends on the engine. */
const TABLES: Readonly<Partial<Record<BlockKind, PropertyTable>>> = {
    node: NODE_PROPERTIES,
    failover: FAILOVER_PROPERTIES,
    replicate: REPLICATION_PROPERTIES,
    'disruption-budget': BUDGET_PROPERTIES,
};

function tableAround(request: CompletionRequest): PropertyTable {
    const block = request.cursor.blocks.at(-1);
    if (block === undefined) return {};
    if (block.kind === 'group') return groupTable(wordOfGroup(request));
    if (block.kind !== 'endpoint' && block.kind !== 'address') return TABLES[block.kind] ?? {};
    const kinds = ['vip', 'load-balancer', 'dns', 'discovery'] as const;
    const kind = kinds.find((each) => block.header.some(({ image }) => image === each));
    return kind ? ENDPOINT_PROPERTIES[kind] : {};
}

function groupTable(word: GroupWord | undefined): PropertyTable {
    const count: PropertyKind = { kind: 'count', minimum: 1 };
    return {
        ...(word?.countWord === undefined ? {} : { [word.countWord]: count }),
        ...(word?.takes?.includes('required') ? { required: count } : {}),
    };
}

function keyProposals(table: PropertyTable, { cursor }: CompletionRequest): Proposal[] {
    const block = cursor.tokens.slice(cursor.blocks.at(-1)?.begin ?? 0);
    const said = new Set(block.map(({ image }) => image));
    return Object.entries(table)
        .filter(([key]) => !said.has(key))
        .map(([key, kind]) => {
            const documentation = keywordMarkdown(key, 'Property') ?? `\`${key} N\`: how many there are.`;
            return {
                label: key,
                kind: CompletionItemKind.Property,
                rank: RANK.first,
                detail: kindText(kind),
                documentation,
                insert: `${key} ${MODIFIERS[key] ?? ''}${valueStop(key, kind)}`,
                snippet: true,
            };
        });
}

function valueStop(key: string, kind: PropertyKind): string {
    const values = choices(key, kind);
    return values.length > 0 ? choice(1, values) : `\${1:${USUAL[key] ?? '1'}}`;
}

function choices(key: string, kind: PropertyKind): readonly string[] {
    if (key === 'balance') return BALANCE;
    if (kind.kind === 'yes-no') return ['yes', 'no'];
    return kind.kind === 'choice' ? kind.values : [];
}

function kindText(kind: PropertyKind): string {
    switch (kind.kind) {
        case 'duration':
            return 'duration, such as 5s';
        case 'rate':
            return 'rate, such as 500/s';
        case 'count':
            return `whole number from ${String(kind.minimum)}`;
        case 'count-or-share':
            return 'number or share, such as 1 or 25%';
        case 'yes-no':
            return 'yes or no';
        case 'choice':
            return kind.values.join(' or ');
        case 'text':
            return 'text';
        default:
            return assertNever(kind);
    }
}

function propertyValues(table: PropertyTable, { statement, cursor }: CompletionRequest): Proposal[] {
    const key = statement.findLast(({ image }) => image !== 'every' && image !== 'within')?.image ?? '';
    const kind = Object.hasOwn(table, key) ? table[key] : undefined;
    if (!kind) return [];
    if (kind.kind === 'duration') return durationProposals(cursor.typed, USUAL[key] === undefined ? [] : [USUAL[key]]);
    return choices(key, kind).map((label) => ({
        label,
        kind: CompletionItemKind.EnumMember,
        rank: RANK.first,
        ...(keywordMarkdown(label, 'PropertyValue')
            ? { documentation: keywordMarkdown(label, 'PropertyValue') ?? '' }
            : {}),
    }));
}

/** `partition 0 on …` in a group whose shards or copies are numbered. */
function placed(request: CompletionRequest): Proposal[] {
    const word = request.cursor.blocks.at(-1)?.kind === 'group' ? wordOfGroup(request) : undefined;
    if (word === undefined || word.form === 'each-name-one-shard') return [];
    return [
        {
            label: word.placedWord,
            kind: CompletionItemKind.Keyword,
            rank: RANK.likely,
            detail: 'placed by hand',
            documentation: placedText(word),
            insert: `${word.placedWord} \${1:0} on $0`,
            snippet: true,
        },
    ];
}
