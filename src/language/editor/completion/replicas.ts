import { CompletionItemKind } from 'vscode-languageserver';
import { settingDefault } from '../../../engines/index.js';
import { wordOfGroup } from './properties.js';
import { expects, RANK, type CompletionRequest, type Proposal } from './request.js';

const USUAL = ['1', '2', '3'];

/** Numbers of copies: first what the system takes unless told otherwise, then what is usual. */
export function replicaProposals(request: CompletionRequest): Proposal[] {
    if (!expects(request, 'Replicas', 'count') && !expects(request, 'PlaceReplicas', 'count')) return [];
    const usual = defaultCount(request);
    const counts = [...new Set([...(usual === undefined ? [] : [usual]), ...USUAL])];
    return counts.map((label) => ({
        label,
        kind: CompletionItemKind.Value,
        rank: label === usual ? RANK.first : RANK.likely,
        ...(label === usual ? { detail: 'default' } : {}),
    }));
}

function defaultCount(request: CompletionRequest): string | undefined {
    const { cluster } = request;
    const word = wordOfGroup(request);
    const setting = cluster?.engine?.settings.find(({ key }) => key === word?.replicasSetting);
    const count = setting ? settingDefault(setting, cluster?.version ?? '') : word?.defaultReplicas;
    return typeof count === 'number' ? String(count) : undefined;
}
