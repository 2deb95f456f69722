import * as Comlink from 'comlink';
import { ShardServer } from './server';

Comlink.expose(new ShardServer());
