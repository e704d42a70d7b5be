/** What VS Code is to the preview, in a plain page: records what the preview says, keeps its state. */
interface Channel {
    readonly posted: unknown[];
    state: unknown;
}

declare global {
    interface Window {
        channel: Channel;
        acquireVsCodeApi: () => {
            postMessage(message: unknown): void;
            getState(): unknown;
            setState(state: unknown): void;
        };
    }
}

// As in VS Code, the state outlives the page.
const kept = sessionStorage.getItem('state');
window.channel = { posted: [], state: kept === null ? undefined : JSON.parse(kept) };
window.acquireVsCodeApi = () => ({
    postMessage: (message) => {
        window.channel.posted.push(message);
    },
    getState: () => window.channel.state,
    setState: (state) => {
        window.channel.state = state;
        sessionStorage.setItem('state', JSON.stringify(state));
    },
});

export {};
