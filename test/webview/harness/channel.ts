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

window.channel = { posted: [], state: undefined };
window.acquireVsCodeApi = () => ({
    postMessage: (message) => {
        window.channel.posted.push(message);
    },
    getState: () => window.channel.state,
    setState: (state) => {
        window.channel.state = state;
    },
});

export {};
