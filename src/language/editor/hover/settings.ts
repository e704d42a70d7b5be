import { AstUtils } from 'langium';
import {
    clientSettingsOf,
    readSetting,
    settingDefault,
    type Engine,
    type SettingSpec,
} from '../../../engines/index.js';
import { counted, type Cluster, type Setting, type Topology } from '../../../topology/index.js';
import * as ast from '../../generated/ast.js';
import type { HalfTyped } from '../../resolve/half-typed.js';
import { sourceOf } from '../../resolve/source.js';
import type { EngineLookup } from '../../services.js';
import { code, plain } from '../markdown.js';
import { settingMarkdown, valueText } from '../settings-text.js';

/** A setting with what counts here and why; undefined for a key that nobody knows. */
export function settingHover(entry: ast.Setting, topology: Topology, engines: EngineLookup): string | undefined {
    const demand = AstUtils.getContainerOfType(entry, ast.isDemand);
    if (demand) return clientHover(entry, demand, engines);
    const declaration = AstUtils.getContainerOfType(entry, ast.isCluster);
    const cluster = topology.clusters.find((each) => each.name === declaration?.name);
    const engine = declaration && engines.find((declaration as HalfTyped<ast.Cluster>).engine ?? '');
    const spec = engine?.settings.find(({ key }) => key === entry.key);
    if (!engine || !spec) return undefined;
    const version = declaration.version ?? engine.versions.at(-1) ?? '';
    return settingMarkdown(spec, engine, version, cluster ? hereFacts(entry, spec, cluster, topology, version) : []);
}

function clientHover(entry: ast.Setting, demand: ast.Demand, engines: EngineLookup): string | undefined {
    const reference = (demand as HalfTyped<ast.Demand>).target as HalfTyped<ast.TargetRef> | undefined;
    const target = reference?.cluster?.ref;
    const cluster = target && ast.isCluster(target) ? target : undefined;
    const engine = cluster && engines.find((cluster as HalfTyped<ast.Cluster>).engine ?? '');
    const spec = clientSettingsOf(engine).find(({ key }) => key === entry.key);
    if (!spec) return undefined;
    const facts = ['Counts for these requests alone.'];
    const about: Pick<Engine, 'title'> = engine?.settings.includes(spec) ? engine : { title: 'every client' };
    return settingMarkdown(spec, about, cluster?.version ?? engine?.versions.at(-1) ?? '', facts);
}

/** One place of a cluster that sets a key. */
interface Written {
    readonly where: string;
    readonly setting: Setting;
}

function hereFacts(
    entry: ast.Setting,
    spec: SettingSpec,
    cluster: Cluster,
    topology: Topology,
    version: string,
): string[] {
    const all = writtenPlaces(spec.key, cluster, topology);
    const { uri, start } = sourceOf(entry);
    const isHere = ({ setting: { source } }: Written): boolean =>
        source.uri === uri && source.start.line === start.line && source.start.character === start.character;
    const here = all.find(isHere);
    if (!here) return [];
    const others = all.filter((each) => !isHere(each));
    return [
        `Here, ${here.where}: ${valueHere(spec, here.setting, version)}`,
        ...others.slice(0, MOST_OTHERS).map((other) => besides(other, here, spec, version)),
    ];
}

/** Other places that are listed. */
const MOST_OTHERS = 8;

function besides({ where, setting }: Written, here: Written, spec: SettingSpec, version: string): string {
    const line = `line ${String(setting.source.start.line + 1)}`;
    const value = valueHere(spec, setting, version);
    if (where === here.where) return `Said a second time in ${line}: ${value}; the later one counts.`;
    const isNearer = here.where === OF_CLUSTER;
    return isNearer ? `Overridden ${where} (${line}): ${value}` : `Elsewhere, ${where} (${line}): ${value}`;
}

const OF_CLUSTER = 'for the whole cluster';

/** Every place of the cluster that sets the key, the widest first, each line once. */
function writtenPlaces(key: string, cluster: Cluster, topology: Topology): Written[] {
    const { groups, shards, nodes } = topology;
    const all: Written[] = [
        ...ofKey(key, cluster.settings, OF_CLUSTER),
        ...cluster.groups.flatMap((id) => ofKey(key, groups[id]?.settings, `for ${plain(groups[id]?.name ?? '')}`)),
        ...cluster.shards.flatMap((id) => ofKey(key, shards[id]?.settings, `for ${plain(shards[id]?.name ?? '')}`)),
        ...cluster.members.flatMap(({ node, settings }) =>
            ofKey(key, settings, `on ${plain(nodes[node]?.name ?? '')}`),
        ),
    ];
    return [...byLine(all).values()].flatMap(([first, ...others]) => {
        if (!first) return [];
        const more = others.length > 0 ? ` and ${counted(others.length, 'other')}` : '';
        return [{ ...first, where: first.where + more }];
    });
}

function ofKey(key: string, settings: readonly Setting[] | undefined, where: string): Written[] {
    return (settings ?? []).filter((setting) => setting.key === key).map((setting) => ({ where, setting }));
}

/** The members of a range share the lines of their block. */
function byLine(all: readonly Written[]): Map<string, Written[]> {
    const lines = new Map<string, Written[]>();
    for (const each of all) {
        const { uri, start } = each.setting.source;
        const key = `${uri} ${String(start.line)} ${String(start.character)}`;
        const line = lines.get(key);
        if (line) line.push(each);
        else lines.set(key, [each]);
    }
    return lines;
}

/** What is written, what it means, and what counts instead of a value that fits nothing. */
function valueHere(spec: SettingSpec, setting: Setting, version: string): string {
    const written = setting.values.map(({ text }) => text).join(' ');
    const reading = readSetting(spec, setting);
    if (!reading.fits) {
        const standard = settingDefault(spec, version);
        return `${code(written)}, which does not fit, so the default${standard === undefined ? '' : ` ${code(valueText(spec, standard))}`} counts.`;
    }
    const isDuration = spec.type.kind === 'duration' && typeof reading.value === 'number';
    const meaning = valueText(spec, reading.value);
    const inMs = isDuration && !meaning.endsWith('ms') ? ` (${String(reading.value)} ms)` : '';
    const standard = settingDefault(spec, version);
    const same = standard === reading.value ? ', as by default' : '';
    return written === meaning ? `${code(written)}${inMs}${same}` : `${code(written)} = ${meaning}${inMs}${same}`;
}
