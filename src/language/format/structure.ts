import { AstUtils, CstUtils, type AstNode, type ParseResult } from 'langium';
import * as ast from '../generated/ast.js';
import { writtenProperty } from '../names/written.js';

/** What the syntax tree tells about the places in a text; all offsets are counted from its beginning. */
export interface Structure {
    readonly declarations: readonly Extent[];
    /** Where declarations and the statements in their blocks begin. */
    readonly statements: ReadonlySet<number>;
    /** Where the fault of a step begins; like a statement, it stands apart from what is in front of it. */
    readonly faults: ReadonlySet<number>;
    /** Marks between the key and the value of a setting. */
    readonly separators: ReadonlySet<number>;
    /** Keys of settings in quotes that need none, by where they begin. */
    readonly quotedKeys: ReadonlyMap<number, string>;
    /** Ends of the keys of settings that have no mark behind them. */
    readonly bareKeys: ReadonlySet<number>;
}

interface Extent {
    readonly start: number;
    readonly end: number;
}

const STATEMENTS = withSubtypes([
    ast.Declaration.$type,
    ast.Import.$type,
    ast.Zone.$type,
    ast.ClusterItem.$type,
    ast.GroupItem.$type,
    ast.NodeItem.$type,
    ast.EndpointItem.$type,
    ast.FailoverItem.$type,
    ast.FailureRate.$type,
    ast.WorkloadItem.$type,
    ast.Clause.$type,
    ast.ScenarioItem.$type,
]);
const FAULTS = withSubtypes([ast.Fault.$type]);

export function readStructure({ value }: Pick<ParseResult, 'value'>): Structure {
    const statements = new Set<number>();
    const faults = new Set<number>();
    const separators = new Set<number>();
    const bareKeys = new Set<number>();
    const quotedKeys = new Map<number, string>();
    for (const node of AstUtils.streamAst(value)) {
        const start = node.$cstNode?.offset;
        if (start === undefined) continue;
        if (ast.isSetting(node)) {
            if (ast.isSettings(node.$container)) statements.add(start);
            readSetting(node, separators, bareKeys);
            if (needsNoQuotes(node)) quotedKeys.set(start, node.key);
        } else if (STATEMENTS.has(node.$type)) statements.add(start);
        else if (FAULTS.has(node.$type)) faults.add(start);
    }
    return { declarations: declarations(value), statements, faults, separators, quotedKeys, bareKeys };
}

function readSetting(setting: ast.Setting, separators: Set<number>, bareKeys: Set<number>): void {
    const separator = setting.separator && writtenProperty(setting, 'separator');
    if (separator) {
        separators.add(separator.offset);
        return;
    }
    const key = writtenProperty(setting, 'key');
    const last =
        key &&
        CstUtils.flattenCst(key)
            .filter((leaf) => !leaf.hidden)
            .toArray()
            .at(-1);
    if (last && setting.values.length > 0) bareKeys.add(last.end);
}

/** Whether a key stands in quotes, as in JSON, that can stand without. */
function needsNoQuotes(setting: ast.Setting): boolean {
    return (
        writtenProperty(setting, 'key')?.text.startsWith('"') === true &&
        /^[A-Za-z_](-*[A-Za-z0-9_])*(\.[A-Za-z_](-*[A-Za-z0-9_])*)*$/.test(setting.key)
    );
}

function declarations(root: AstNode): Extent[] {
    if (!ast.isDocument(root)) return [];
    return [...root.imports, ...root.declarations]
        .flatMap(({ $cstNode }) => ($cstNode ? [{ start: $cstNode.offset, end: $cstNode.end }] : []))
        .sort((left, right) => left.start - right.start);
}

function withSubtypes(types: readonly string[]): ReadonlySet<string> {
    return new Set(types.flatMap((type) => [type, ...ast.reflection.getAllSubTypes(type)]));
}
