/** Entry of the preview's page. */
import './webview.css';
import './find/find.css';
import './menu.css';
import './play/states.css';
import './play/ruler.css';
import './play/lanes.css';
import './play/events.css';
import './play/play.css';
import './scenario-choice.css';
import { App } from './app.js';
import { connect } from './host.js';
import { LayoutWorker } from './layout-worker.js';
import { readToWebview } from './messages.js';
import { buildPage } from './page.js';
import { followTheme } from './theme.js';

const place = document.getElementById('app');
if (place === null) {
    throw new Error('The page lacks the element that the preview is built into.');
}
const { document: uri = '', layoutWorker = '' } = document.body.dataset;
const host = connect();
followTheme();
const app = new App(buildPage(place), host, new LayoutWorker(layoutWorker), uri);
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = readToWebview(data);
    if (message !== undefined) {
        app.receive(message);
    }
});
host.post({ type: 'ready' });
