import './fluent';
import { workbenchWorker } from '../src/host/workbench';
import { EngineClient, provideEngine } from '../src/rpc/client';
import { startWorker } from '../src/worker/start';
import { restoreServers } from './library/saved-servers';
import { buildPane } from './pane';
import { readQuery } from './query';
import { Session } from './session';
import { followTheme } from './theme';

// The composition root: the engine first, since formulas may be waiting for it, then what people see.
const client = new EngineClient(workbenchWorker() ?? startWorker());
provideEngine(client);
const session = new Session(client, readQuery(document.baseURI));

followTheme();
document.body.replaceChildren(buildPane(session));
// Whoever loads a model from the hub does so much later; what cannot be restored is said where servers are chosen.
restoreServers(client.library, document.baseURI).catch(() => undefined);
void session.start();
