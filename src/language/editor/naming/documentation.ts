import { CstUtils, type CstNode } from 'langium';

/** The documentation comment in front of a declaration. */
export function documentationIn(cst: CstNode): CstNode | undefined {
    const comment = CstUtils.findCommentNode(cst, ['ML_COMMENT']);
    return comment?.text.startsWith('/**') ? comment : undefined;
}

/** Where a declaration begins, its documentation included. */
export function beginningOf(cst: CstNode): number {
    return documentationIn(cst)?.offset ?? cst.offset;
}
