import { CompletionItemKind } from 'vscode-languageserver';
import * as ast from '../../generated/ast.js';
import type { VisibleNames } from '../../names/visible.js';
import { writtenName } from '../../names/quoting.js';
import { declaredNames } from './declared-names.js';
import { blockKind, expects, RANK, unquoted, wordBefore, type CompletionRequest, type Proposal } from './request.js';

/** Nodes where one is asked for: those that make sense there first. */
export function* nodeProposals(request: CompletionRequest): Generator<Proposal> {
    if (!expects(request, 'NodeRef', 'node')) return;
    if (wordBefore(request) === '.') {
        const owner = clusterNamed(wordBefore(request, 1), request);
        if (owner) for (const node of ownNodes(owner)) yield nodeProposal(node, { rank: RANK.first });
        return;
    }
    const said = new Set(request.statement.map(({ image }) => unquoted(image)));
    for (const proposal of inPlace(request)) if (!said.has(proposal.label)) yield proposal;
    const timed = request.statement.some(({ image }) => image === 'at' || image === 'expect');
    if (timed && blockKind(request) === 'scenario' && wordBefore(request) !== 'of') yield leaderOf;
}

const leaderOf: Proposal = {
    label: 'leader of',
    kind: CompletionItemKind.Keyword,
    rank: RANK.keyword,
    documentation:
        'Whoever leads at that instant. Of a whole cluster: the elected controller, master or active NameNode.',
    insert: 'leader of $0',
    snippet: true,
};

function* inPlace(request: CompletionRequest): Generator<Proposal> {
    const { visible } = request;
    const own = request.cluster?.declaration;
    if (own && request.statement[0]?.image === 'members') {
        for (const node of everyNode(visible)) if (node.owner !== own) yield nodeProposal(node, { visible });
    } else if (own) {
        for (const node of membersOf(own)) yield nodeProposal(node, { visible, inside: own, rank: RANK.first });
    } else {
        const subject = subjectOf(request);
        if (subject) for (const node of membersOf(subject)) yield nodeProposal(node, { visible, rank: RANK.first });
        for (const node of everyNode(visible)) yield nodeProposal(node, { visible });
    }
}

/** The cluster whose leader is expected, or is changed: its nodes come first. */
function subjectOf(request: CompletionRequest): ast.Cluster | undefined {
    const { statement } = request;
    const words = statement.map(({ image }) => image);
    if (words[0] === 'expect' && words.includes('led')) return clusterNamed(words[1], request);
    const planned = words.lastIndexOf('switchover');
    return planned < 0 ? undefined : clusterNamed(words[planned + 1], request);
}

function clusterNamed(image: string | undefined, { visible }: CompletionRequest): ast.Cluster | undefined {
    const target = image === undefined ? undefined : visible.target(unquoted(image));
    return target && ast.isCluster(target) ? target : undefined;
}

interface NamedNode {
    readonly name: string;
    readonly declaration: ast.Nodes;
    readonly owner: ast.Cluster | undefined;
}

/** Members of a cluster: the nodes that it declares and those that it names. */
function* membersOf(cluster: ast.Cluster): Generator<NamedNode> {
    yield* ownNodes(cluster);
    for (const { node } of cluster.items.filter(ast.isMembers).flatMap((item) => item.nodes)) {
        const declaration = node?.ref;
        if (declaration) yield { name: node.$refText, declaration, owner: ownerOf(declaration) };
    }
}

function* ownNodes(cluster: ast.Cluster): Generator<NamedNode> {
    for (const declaration of cluster.items.filter(ast.isNodes)) {
        for (const name of declaredNames(declaration)) yield { name, declaration, owner: cluster };
    }
}

function* everyNode(visible: VisibleNames): Generator<NamedNode> {
    for (const declaration of visible.documents.flatMap((document) => document.declarations)) {
        const owner = ast.isCluster(declaration) ? declaration : undefined;
        const statements = ast.isRegion(declaration)
            ? declaration.zones.flatMap((zone) => zone.nodes)
            : (owner?.items.filter(ast.isNodes) ?? []);
        for (const statement of statements) {
            for (const name of declaredNames(statement)) yield { name, declaration: statement, owner };
        }
    }
}

function ownerOf(declaration: ast.Nodes): ast.Cluster | undefined {
    return ast.isCluster(declaration.$container) ? declaration.$container : undefined;
}

/** Whether several nodes have a name, for each name that was asked about. What is visible is new after every change. */
const shared = new WeakMap<VisibleNames, Map<string, boolean>>();

function isShared(name: string, visible: VisibleNames): boolean {
    const known = shared.get(visible) ?? new Map<string, boolean>();
    shared.set(visible, known);
    let answer = known.get(name);
    if (answer === undefined) known.set(name, (answer = visible.nodes(name).length > 1));
    return answer;
}

interface Seen {
    /** Without it the cluster has been said already. */
    readonly visible?: VisibleNames;
    /** The cluster whose block the cursor is in. */
    readonly inside?: ast.Cluster;
    readonly rank?: number;
}

/** A name that several clusters declare is offered with its cluster, except inside of that cluster. */
function nodeProposal({ name, declaration, owner }: NamedNode, { visible, inside, rank = RANK.name }: Seen): Proposal {
    const ambiguous = owner !== undefined && owner !== inside && visible !== undefined && isShared(name, visible);
    return {
        label: ambiguous ? `${owner.name}.${name}` : name,
        kind: CompletionItemKind.Value,
        rank,
        detail: owner ? `node of ${owner.name}` : standing(declaration),
        insert: ambiguous ? `${writtenName(owner.name)}.${writtenName(name)}` : writtenName(name),
    };
}

function standing({ $container }: ast.Nodes): string {
    return ast.isZone($container) ? `node in ${$container.$container.name}.${$container.name}` : 'node';
}
