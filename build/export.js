import { command } from './command.js';

await command('export');
