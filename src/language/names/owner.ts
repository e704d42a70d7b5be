import type * as ast from '../generated/ast.js';

/** The cluster whose block declares the group. Its type is lost where one rule of the grammar makes two kinds of statements. */
export function ownerOf(group: ast.ShardGroup): ast.Cluster {
    return group.$container as ast.Cluster;
}
