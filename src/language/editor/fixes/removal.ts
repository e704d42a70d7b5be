import { CstUtils } from 'langium';
import * as ast from '../../generated/ast.js';
import { replaced, type TextChange } from './change.js';
import type { Statement } from './statement.js';

/** Takes a statement away with its line, or an element of a list with its comma. */
export function removeStatement(statement: Statement): TextChange | undefined {
    const { node, cst, document } = statement;
    if (!isListed(node)) return removeLines(withoutEmptyBlock(statement));
    const [before, behind] = [CstUtils.getPreviousNode(cst, false), CstUtils.getNextNode(cst, false)];
    if (behind?.text === ',') {
        const next = CstUtils.getNextNode(behind, false);
        return replaced(document, cst.offset, next?.offset ?? behind.end, '');
    }
    if (before?.text === ',') return replaced(document, before.offset, cst.end, '');
    const { $container: list } = node;
    return (ast.isMembers(list) || ast.isNeeds(list)) && list.$cstNode
        ? removeLines({ document, node: list, cst: list.$cstNode })
        : undefined;
}

/** The only entry of a block of settings takes the block with it. */
function withoutEmptyBlock(statement: Statement): Statement {
    const { $container: block } = statement.node;
    return ast.isSettings(block) && block.entries.length === 1 && block.$cstNode
        ? { ...statement, node: block, cst: block.$cstNode }
        : statement;
}

/** Elements of lists with commas. */
function isListed(node: Statement['node']): boolean {
    return (
        ast.isNodeRef(node) ||
        ast.isPlaceRef(node) ||
        ast.isTargetRef(node) ||
        ast.isNeed(node) ||
        (ast.isSetting(node) && ast.isDemand(node.$container))
    );
}

function removeLines({ document, cst }: Statement): TextChange {
    const text = document.textDocument.getText();
    const lineStart = text.lastIndexOf('\n', cst.offset - 1) + 1;
    const lineBreak = text.indexOf('\n', cst.end);
    const lineEnd = lineBreak < 0 ? text.length : lineBreak + 1;
    const isAloneBefore = text.slice(lineStart, cst.offset).trim() === '';
    const isAloneBehind = text.slice(cst.end, lineEnd).trim() === '';
    if (isAloneBefore && isAloneBehind) return replaced(document, lineStart, lineEnd, '');
    const gap = /[ \t]*$/.exec(text.slice(lineStart, cst.offset))?.[0].length ?? 0;
    const isFirst = isAloneBefore || text[cst.offset - gap - 1] === '{';
    if (!isFirst) return replaced(document, cst.offset - gap, cst.end, '');
    const behind = /^[ \t]*/.exec(text.slice(cst.end))?.[0].length ?? 0;
    return replaced(document, cst.offset, cst.end + behind, '');
}
