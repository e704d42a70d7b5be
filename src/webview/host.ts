/** The one thing of VS Code that a webview sees. */
import type { FromWebview } from '../protocol/index.js';

export interface Host {
    post(message: FromWebview): void;
    saved(): SavedView | undefined;
    save(view: SavedView): void;
}

/** What survives while the panel is hidden or the window reloads. `uri` names the document for the extension. */
interface SavedView {
    readonly uri: string;
    readonly x: number;
    readonly y: number;
    readonly zoom: number;
    readonly fitted: boolean;
    /** Ids of folded zones and regions. */
    readonly folded: readonly string[];
    /** Ids of the clusters that the filter shows; none: all. */
    readonly clusters: readonly string[];
    /** Share of the page that the timeline takes, where somebody has moved its edge. */
    readonly timeline?: number;
}

interface VsCodeApi {
    postMessage(message: unknown): void;
    getState(): unknown;
    setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export function connect(): Host {
    const api = acquireVsCodeApi();
    return {
        post: (message) => api.postMessage(message),
        saved: () => readSavedView(api.getState()),
        save: (view) => api.setState(view),
    };
}

function readSavedView(state: unknown): SavedView | undefined {
    if (typeof state !== 'object' || state === null) {
        return undefined;
    }
    const { uri, x, y, zoom, fitted, folded, clusters, timeline } = state as Record<string, unknown>;
    return typeof uri === 'string' && isFinite(x) && isFinite(y) && isFinite(zoom) && zoom > 0
        ? {
              uri,
              x,
              y,
              zoom,
              fitted: fitted === true,
              folded: texts(folded),
              clusters: texts(clusters),
              ...(isFinite(timeline) ? { timeline } : {}),
          }
        : undefined;
}

function texts(value: unknown): string[] {
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function isFinite(value: unknown): value is number {
    return typeof value === 'number' && Number.isFinite(value);
}
