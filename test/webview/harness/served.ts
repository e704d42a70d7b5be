/** Joins the recording channel to a server that answers the page: what it says is posted, what it hears is streamed. */
import './channel.js';

const acquire = window.acquireVsCodeApi;
window.acquireVsCodeApi = () => {
    const api = acquire();
    return {
        ...api,
        postMessage: (message) => {
            api.postMessage(message);
            void fetch('/message', { method: 'POST', body: JSON.stringify(message) });
        },
    };
};

new EventSource('/messages').addEventListener('message', ({ data }: MessageEvent<string>) => {
    window.postMessage(JSON.parse(data), '*');
});
