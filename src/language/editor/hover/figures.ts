import type { AstNode } from 'langium';
import {
    figure,
    parseDuration,
    parseQuantity,
    parseRate,
    parseShare,
    parseSize,
    setDuration,
    type Topology,
} from '../../../topology/index.js';
import * as ast from '../../generated/ast.js';
import { ownerOf } from '../../names/owner.js';
import { code } from '../markdown.js';

const YEAR_MS = 31_536_000_000;

/** What a figure is in other units; undefined for one that says all by itself. */
export function figureMarkdown(text: string, node: AstNode, topology: Topology): string | undefined {
    if (ast.isReplicas(node) || ast.isPlaceReplicas(node))
        return copiesText(ast.isReplicas(node) ? node : node.$container, topology);
    const meaning = shareText(text, node) ?? durationMeaning(text) ?? rateText(text) ?? sizeText(text);
    return meaning === undefined ? undefined : `${code(text)} = ${meaning}`;
}

function copiesText(replicas: ast.Replicas, topology: Topology): string | undefined {
    const statement = replicas.$container;
    const cluster = topology.clusters.find(({ name }) => name === ownerOf(statement).name);
    const group = topology.groups.find((each) => each.cluster === cluster?.id && each.name === statement.name);
    if (!group) return undefined;
    return `${group.copies === 1 ? '1 copy' : `${String(group.copies)} copies`} of each shard in all, however the system counts them.`;
}

function shareText(text: string, node: AstNode): string | undefined {
    const share = parseShare(text);
    if (share === undefined) return undefined;
    if (!ast.isMinimumAvailability(node)) return `${String(share)} as a share of 1`;
    const [year, month] = [(1 - share) * YEAR_MS, ((1 - share) * YEAR_MS) / 12];
    return `at most ${lasting(year)} without an answer in a year, ${lasting(month)} in a month`;
}

/** A span of any size in its two largest units. */
function lasting(ms: number): string {
    const minutes = Math.round(ms / 60_000);
    if (minutes < 10) return setDuration(ms);
    const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
    if (days > 0) return `${figure(days)} d${hours > 0 ? ` ${String(hours)} h` : ''}`;
    return `${hours > 0 ? `${String(hours)} h ` : ''}${String(rest)} min`;
}

function durationMeaning(text: string): string | undefined {
    const ms = parseDuration(text);
    if (ms === undefined) return undefined;
    return ms < 1_000 ? `${figure(ms)} ms` : `${lasting(ms)} (${figure(ms)} ms)`;
}

function rateText(text: string): string | undefined {
    const rate = parseRate(text);
    if (rate === undefined) return undefined;
    return `${figure(rate)} a second, ${figure(rate * 60)} a minute, ${figure(rate * 86_400)} a day`;
}

function sizeText(text: string): string | undefined {
    const size = parseQuantity(text)?.unit === '' ? undefined : parseSize(text);
    return size === undefined ? undefined : `${figure(size)} bytes`;
}
