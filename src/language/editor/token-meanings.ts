import { AstUtils, GrammarAST, isCompositeCstNode, isLeafCstNode, type CstNode, type LangiumDocument } from 'langium';
import type { LeafCstNode } from 'langium';
import type { Range } from 'vscode-languageserver';
import type { Engine } from '../../engines/index.js';
import * as ast from '../generated/ast.js';
import type { ClusterServices, EngineLookup } from '../services.js';

/** Kinds of tokens, in the order of the legend. All are standard ones, so every theme has colours for them. */
export const TYPES = [
    'namespace',
    'class',
    'interface',
    'struct',
    'type',
    'function',
    'variable',
    'property',
    'enumMember',
    'keyword',
    'number',
    'string',
    'comment',
] as const;
export const MODIFIERS = ['declaration', 'documentation', 'defaultLibrary'] as const;

type Type = (typeof TYPES)[number];
type Modifier = (typeof MODIFIERS)[number];

/** A stretch of one line and what it means; places are counted from 0. */
export interface MeantToken {
    readonly line: number;
    readonly character: number;
    readonly length: number;
    readonly type: Type;
    readonly modifiers: readonly Modifier[];
}

interface Meaning {
    readonly type: Type;
    readonly modifiers?: readonly Modifier[];
}

/** What the words of a document mean, in order; with a range, those in its lines. */
export function tokensOf(
    { parseResult: { value } }: LangiumDocument,
    { engines: { Lookup } }: ClusterServices,
    range?: Range,
): MeantToken[] {
    const tokens: MeantToken[] = [];
    const visit = (node: CstNode): void => {
        if (range && (node.range.end.line < range.start.line || node.range.start.line > range.end.line)) return;
        if (isCompositeCstNode(node)) node.content.forEach(visit);
        else if (isLeafCstNode(node)) {
            const meaning = meaningOf(node, Lookup);
            if (meaning) for (const token of linesOf(node, meaning)) append(tokens, token);
        }
    };
    if (value.$cstNode) visit(value.$cstNode);
    return tokens;
}

/** The parts of a name with dots are one token. */
function append(tokens: MeantToken[], token: MeantToken): void {
    const last = tokens.at(-1);
    const goesOn = last?.line === token.line && last.character + last.length === token.character;
    if (goesOn && last.type === token.type && last.modifiers.length === token.modifiers.length) {
        tokens[tokens.length - 1] = { ...last, length: last.length + token.length };
    } else tokens.push(token);
}

/** One token for each line, since few editors take a token of several. */
function linesOf({ text, range: { start } }: LeafCstNode, { type, modifiers = [] }: Meaning): MeantToken[] {
    return text.split('\n').flatMap((line, index) => {
        const blanks = index === 0 ? 0 : line.length - line.trimStart().length;
        const length = line.trimEnd().length - blanks;
        const character = (index === 0 ? start.character : 0) + blanks;
        return length > 0 ? [{ line: start.line + index, character, length, type, modifiers }] : [];
    });
}

function meaningOf(leaf: LeafCstNode, engines: EngineLookup): Meaning | undefined {
    const { hidden, text, tokenType } = leaf;
    if (hidden) return /^\/\*\*[^/]/.test(text) ? { type: 'comment', modifiers: ['documentation'] } : undefined;
    const property = propertyOf(leaf);
    if (property === 'name' && tokenType.name !== 'NUMBER') return declarationOf(leaf.astNode);
    if (property !== undefined) {
        const meaning = meaningOfProperty(leaf, property, engines);
        if (meaning) return meaning;
    }
    if (tokenType.name === 'NUMBER' || tokenType.name === 'DOTTED_NUMBER') return { type: 'number' };
    if (tokenType.name === 'STRING') return { type: 'string' };
    return /^[a-z]/.test(tokenType.name) ? { type: 'keyword' } : undefined;
}

const DECLARATIONS: Readonly<Record<string, Type>> = {
    Region: 'namespace',
    Zone: 'namespace',
    Nodes: 'variable',
    Cluster: 'class',
    SharedEndpoint: 'class',
    ShardGroup: 'struct',
    Workload: 'interface',
    FailoverPolicy: 'type',
    Objective: 'function',
    Scenario: 'function',
};

function declarationOf({ $type }: { readonly $type: string }): Meaning | undefined {
    const type = DECLARATIONS[$type];
    return type && { type, modifiers: ['declaration'] };
}

/** What a word means by its place in the grammar alone. */
const PROPERTIES: Readonly<Record<string, Type>> = {
    'PlaceRef.region': 'namespace',
    'PlaceRef.zone': 'namespace',
    'NodeRef.node': 'variable',
    'NodeRef.cluster': 'class',
    'Roll.cluster': 'class',
    'Promote.cluster': 'class',
    'Switchover.cluster': 'class',
    'ExpectAvailability.workload': 'interface',
    'TargetRef.group': 'struct',
    'Failover.policy': 'type',
    'Nodes.roles': 'enumMember',
    'Members.roles': 'enumMember',
    'ShardGroup.word': 'keyword',
    'Setting.key': 'property',
    'Endpoint.address': 'string',
    'SharedEndpoint.address': 'string',
};

/** undefined where the word itself decides. */
function meaningOfProperty(leaf: LeafCstNode, property: string, engines: EngineLookup): Meaning | undefined {
    const { astNode: node, text } = leaf;
    const place = `${node.$type}.${property}`;
    const type = PROPERTIES[place];
    if (type) return { type };
    switch (place) {
        case 'TargetRef.cluster':
            return { type: ast.isTargetRef(node) && ast.isWorkload(node.cluster.ref) ? 'interface' : 'class' };
        case 'Cluster.engine':
            return { type: 'type', modifiers: engines.find(text) ? ['defaultLibrary'] : [] };
        case 'Property.key':
        case 'PlacedShard.shard':
            return { type: isGroupWord(text, engineOf(leaf, engines)) ? 'keyword' : 'property' };
        case 'WordValue.value':
            return { type: ast.isSetting(node.$container) ? 'string' : 'enumMember' };
        default:
            return undefined;
    }
}

function engineOf({ astNode }: LeafCstNode, engines: EngineLookup): Engine | undefined {
    const cluster = AstUtils.getContainerOfType(astNode, ast.isCluster);
    return cluster && engines.find(cluster.engine);
}

/** Whether the engine counts or places its shards with this word, such as `partitions`. */
function isGroupWord(word: string, engine: Engine | undefined): boolean {
    return engine?.groupWords.some((each) => each.countWord === word || each.placedWord === word) ?? false;
}

const properties = new WeakMap<GrammarAST.AbstractElement, string | false>();

/** The property that a token fills, alone or as part of a name with dots. */
function propertyOf(leaf: LeafCstNode): string | undefined {
    for (let node: CstNode | undefined = leaf; node?.astNode === leaf.astNode; node = node.container) {
        const property = node.grammarSource && assignedBy(node.grammarSource);
        if (property) return property;
    }
    return undefined;
}

function assignedBy(element: GrammarAST.AbstractElement): string | false {
    let property = properties.get(element);
    if (property === undefined) {
        property = AstUtils.getContainerOfType(element, GrammarAST.isAssignment)?.feature ?? false;
        properties.set(element, property);
    }
    return property;
}
