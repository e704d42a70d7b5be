import * as ast from '../../generated/ast.js';
import { quoted, writtenValue } from '../../names/quoting.js';
import { addStatement } from './block.js';
import { replaced, type TextChange } from './change.js';
import { removeStatement } from './removal.js';
import { statementsIn, type Statement } from './statement.js';

/** Sets `key = value` in the `settings` of a declaration, or behind `with` of a workload's only request. */
export function setSetting(declaration: Statement, key: string, value: string): TextChange | undefined {
    const { node } = declaration;
    if (ast.isDemand(node)) return setClientSetting(declaration, node, key, value);
    if (ast.isWorkload(node)) {
        const demands = node.items.filter(ast.isDemand);
        const [only] = demands;
        return demands.length === 1 && only?.$cstNode
            ? setClientSetting({ ...declaration, node: only, cst: only.$cstNode }, only, key, value)
            : undefined;
    }
    const blocks = statementsIn(declaration).filter((each) => ast.isSettings(each.node));
    const entries = blocks.flatMap(({ node: block }) => (ast.isSettings(block) ? block.entries : []));
    const entry = entries.findLast((each) => each.key === key);
    if (entry) return replaceValue(declaration, entry, value);
    const [block] = blocks;
    const text = `${writtenKey(key)} = ${writtenValue(value)}`;
    return block ? addStatement(block, { text }) : addStatement(declaration, { text: 'settings', body: text });
}

/** Takes an entry away where it stands and says the same in the settings of a declaration of the same file. */
export function moveSetting(entry: Statement, declaration: Statement): TextChange | undefined {
    const { node, document } = entry;
    if (!(ast.isSetting(node) || ast.isProperty(node)) || declaration.document !== document) return undefined;
    const values = ast.isSetting(node) ? node.values : [node.value];
    const [first, last] = [values[0]?.$cstNode, values.at(-1)?.$cstNode];
    if (!first || !last) return undefined;
    const value = document.textDocument.getText().slice(first.offset, last.end);
    const [removed, added] = [removeStatement(entry), setSetting(declaration, node.key, value)];
    return removed && added && { document, edits: [...removed.edits, ...added.edits] };
}

function setClientSetting(demand: Statement, node: ast.Demand, key: string, value: string): TextChange | undefined {
    const entry = node.settings.find((each) => each.key === key);
    if (entry) return replaceValue(demand, entry, value);
    const joint = node.settings.length > 0 ? ',' : ' with';
    const text = `${joint} ${writtenKey(key)} = ${writtenValue(value)}`;
    return replaced(demand.document, demand.cst.end, demand.cst.end, text);
}

/** A half-typed entry without a value is left to its author. */
function replaceValue({ document }: Statement, { values }: ast.Setting, value: string): TextChange | undefined {
    const [first, last] = [values[0]?.$cstNode, values.at(-1)?.$cstNode];
    return first && last ? replaced(document, first.offset, last.end, writtenValue(value)) : undefined;
}

function writtenKey(key: string): string {
    return /^[A-Za-z_](-*[A-Za-z0-9_])*(\.[A-Za-z0-9_](-*[A-Za-z0-9_])*)*$/.test(key) ? key : quoted(key);
}
